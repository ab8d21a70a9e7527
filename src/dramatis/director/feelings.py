"""Words that say or imply an emotion, English and Chinese."""

from dramatis.director.words import STRONG, USUAL, WEAK, Entry, entry

FEELINGS: tuple[Entry, ...] = (
    entry(
        "emotion", "calm", USUAL,
        "chill(?:ed)?|mellow|easy-?going|unemotional(?:ly)?|bored|boredom|soft-?spoken|zen|mindful(?:ly)?|measured|"
            "restrained|nonchalant(?:ly)?|cool and \\w+|dispassionate(?:ly)?|calm(?:ly|ness|er|s down)?|"
            "calming|neutral(?:ly)?|relax(?:ed|es|ing)?|serene(?:ly)?|"
            "peaceful(?:ly)?|composed(?:ly)?|at ease|"
        "tranquil(?:ly|lity)?|serious(?:ly|ness)?|matter-of-factly?|deadpan|poker-?faced?|expressionless(?:ly)?|emotionless|"
        "stoic(?:ally)?|unmoved|impassive(?:ly)?|patient(?:ly)?|collected|level-?headed|sober(?:ly)?|solemn(?:ly)?|"
        "objective(?:ly)?|professional(?:ly)?|unperturbed|content(?:ed|edly)?|sooth(?:es|ing|ingly)|quiet and \\w+|"
        "thoughtful(?:ly)?|meditative|sleepy|drowsy|sleepily|tender(?:ly|ness)?|cosy|cozy|laid-?back|unhurried",
        "无聊|悠闲|佛系|克制|不慌不忙|不紧不慢|云淡风轻|沉住气|心静|淡漠|漫不经心|恬静|稳重|祥和|平静|冷静|镇定|镇静|从容|"
            "安静|沉稳|沉着|淡定|淡然|放松|轻松|严肃|正经|庄重|平和|安详|宁静|沉静|心平气和|面无表情|一本正经|"
            "不动声色|"
        "若无其事|泰然|中性|中立|客观|专业|温柔|柔和|温馨|舒缓|舒适|慵懒|懒洋洋|耐心|沉思",
    ),
    entry(
        "emotion", "excitement", WEAK,
        "charming(?:ly)?|welcoming(?:ly)?|cute(?:ly)?|sweet(?:ly)?|gracious(?:ly)?|positive(?:ly)?|confident(?:ly)?|"
            "self-?assured|flattered|grateful(?:ly)?|thankful(?:ly)?|lovingly|affectionate(?:ly)?|dreamy|"
            "dreamily|pleased|warmly|warm|friendly|kindly|amused|hopeful(?:ly)?|satisfied|good-?humou?red|"
            "relieved|polite(?:ly)? smil\\w+|"
        "optimis(?:m|tic|tically)|encouraging(?:ly)?|cordial(?:ly)?",
        "热心|甜美|甜甜|可爱|自信|感激|感恩|欣赏|深情|乐观|和蔼|受宠若惊|满意|友好|友善|亲切|欣慰|宽慰|觉得好笑|被逗乐|"
            "松了一?口气|如释重负|和善|鼓励",
    ),
    entry(
        "emotion", "excitement", USUAL,
        "energy|stoked|hyped|pumped(?: up)?|psyched|buzzing|bubbly|sparkl(?:es?|ing|y)|vibrant(?:ly)?|high energy|(?:full "
            "of|pure|"
            "so much) energy|energi[sz]ed|fired up|exuberant(?:ly)?|jolly|sunny mood|lol|blissful(?:ly)?|"
            "cracks? up|cracking up|entertained|giddy|giddily|party mood|festive|rejoic(?:es|ing)|whoop(?:s|"
            "ing)|motivat(?:ed|ing)|inspir(?:ed|ing)|hilarious(?:ly)?|feel-?good|happ(?:y|ily|iness|ier)|"
            "joy(?:ful|fully|ous|ously)?|excit(?:ed|edly|ement|ing)|cheer(?:s|"
            "ful|fully|fulness|y|ing)?|glad(?:ly)?|"
        "delight(?:ed|edly|s)?|enthusias(?:m|tic|tically)|laugh(?:s|ed|ing|ter)?|giggl(?:es|ing|e)|chuckl(?:es|ing|e)|"
        "playful(?:ly)?|merr(?:y|ily)|eager(?:ly)?|proud(?:ly)?|passion(?:ate|ately)?|energetic(?:ally)?|upbeat|lively|"
        "thrill|brighten(?:s|ing)?(?: up)?|light(?:s|ing)? up|jok(?:es|ing|ingly)|fun|good mood|high spirits|"
        "in love|animated(?:ly)?|gleeful(?:ly)?|glee|elation|triumph(?:ant|antly)?|celebrat(?:es|ing|e)|spirited",
        "情绪高涨|高涨|活力|闪闪发光|元气|朝气|激情|热血|起劲|乐开|偷着乐|欢乐|欢腾|雀跃|亢奋|乐不可支|春风得意|满面春风|"
            "神采飞扬|喜滋滋|"
            "美滋滋|爽朗|劲头|逗乐|搞笑|意气风发|高兴|开心|快乐|喜悦|愉快|愉悦|兴奋|激动|欢快|欢喜|欢呼|热情|"
            "大笑|哈哈|笑出声|笑出了声|自豪|骄傲|幸福|振奋|兴致勃勃|兴冲冲|活泼|俏皮|得意|"
        "喜气|乐呵|心情好|心情变好|庆祝|笑了起来|笑起来|喜笑颜开|眉飞色舞|激昂|慷慨激昂",
    ),
    entry(
        "emotion", "excitement", STRONG,
        "delirious(?:ly)?|rapturous(?:ly)?|beside (?:her|him|them)self with joy|on top of the world|in seventh heaven|"
            "crazy with joy|bouncing off the walls|can(?:not| not|'t) contain (?:her|his|their) (?:joy|"
            "excitement)|roar(?:s|ing)? with laughter|thrilled|ecsta(?:sy|tic|tically)|overjoyed|elated|"
            "exhilarated|euphori(?:a|c)|jubilan(?:t|"
            "tly|ce)|over the moon|on cloud nine|"
        "burst(?:s|ing)? (?:out )?(?:laughing|with joy)|jump(?:s|ing)? for joy|wild with joy|hysterical(?:ly)?",
        "高兴坏|乐坏|开心得|高兴得|乐翻|笑翻|笑疯|爆笑|狂欢|欣喜|热泪盈眶地笑|兴奋得|高兴极|开心极|激动万分|欣喜若狂|狂喜|"
            "兴高采烈|激动不已|喜出望外|欢天喜地|手舞足蹈|心花怒放|欣喜万分|捧腹大笑|哈哈大笑|放声大笑|"
            "兴奋不已|激动得",
    ),
    entry(
        "emotion", "excitement", STRONG,
        "won the lottery|won (?:the|a) \\w+|best day of (?:her|his|their|my) life|dream (?:came|has come) true|great news|"
        "just got (?:engaged|the job)|new year's eve|good news",
        "中了?(?:大奖|彩票|头奖)|梦想成真|好消息|金榜题名|夺冠",
        0.6,
    ),
    entry(
        "emotion", "confusion", WEAK,
        "sheepish(?:ly)?|self-?conscious|jittery|fidgety|restless(?:ly)?|stammer(?:s|ing)?|stutter(?:s|ing)?|timid(?:ly)?|"
            "apprehensive(?:ly)?|wary|warily|reluctant(?:ly)?|in two minds|fear(?:ful|fully)?|afraid|"
            "panick?(?:y|ed|ing)?|unsure|uncertain(?:ly|ty)?|hesita(?:nt|ntly|tes|ting|tion)|worr(?:y|ied|"
            "iedly|ies)|"
            "anxious(?:ly)?|anxiety|nervous(?:ly|ness)?|"
        "pensive(?:ly)?|wonder(?:s|ing)?|shy(?:ly)?|embarrass(?:ed|ment)|awkward(?:ly)?|uneasy|uneasily|insecure|concerned|"
        "lost in thought|undecided|tense",
        "结结巴巴|吞吞吐吐|欲言又止|局促|拘谨|心虚|惶恐|慌张|慌乱|忧心|不好意思|羞涩|腼腆|胆怯|畏缩|踌躇|惴惴|坐立不安|"
            "为难|犹豫|迟疑|担心|担忧|忧虑|紧张|焦虑|不安|忐忑|不确定|害羞|尴尬|拿不定主意|半信半疑|若有所思",
    ),
    entry(
        "emotion", "confusion", USUAL,
        "mystified|befuddled|bemused|flummoxed|stumped|unclear|disconcerted|quizzical(?:ly)?|raised an eyebrow in doubt|"
            "does not follow|no idea|confus(?:ed|edly|ion|ing)|puzzl(?:ed|ement)|perplex(?:ed|ity)|doubt(?:s|"
            "ful|fully|ing)?|s[ck]eptic(?:al|ally)?|"
        "questioning(?:ly)?|incredul(?:ous|ously|ity)|suspicious(?:ly)?|disorient(?:ed)?|disbelie(?:f|ving)|at a loss|"
        "does(?:n't| not) (?:understand|get it)|scratch(?:es|ing) (?:her|his|their) head|clueless",
        "疑问|质疑|狐疑|想不通|想不明白|不懂|懵|蒙圈|没反应过来|理解不了|弄不清|看不懂|犯嘀咕|费解|困惑|疑惑|迷惑|不解|"
            "怀疑|迷茫|纳闷|不明白|没听懂|听不懂|不明所以|搞不清|摸不着头脑|挠头|疑虑|糊涂|不知所措",
    ),
    entry("emotion", "confusion", STRONG, "bewilder(?:ed|ment)|baffl(?:ed|ement)|dumbfounded|utterly lost|completely lost",
        "大惑不解|一头雾水|茫然|百思不得其解|莫名其妙|完全没看懂|晕头转向"),
    entry("emotion", "sadness", WEAK,
        "let down|rueful(?:ly)?|resigned(?:ly)?|sentimental(?:ly)?|poignant(?:ly)?|bleak|somber|sombre|drained|"
            "exhausted(?:ly)?|defeated|humbled|yearning|wistful(?:ly)?|melanchol(?:y|ic|ically)|"
            "disappoint(?:ed|edly|ment)|nostalgi(?:a|c|cally)|lonely|tired(?:ly)?|"
        "homesick|subdued|downcast|apologetic(?:ally)?|weary|wearily|longing(?:ly)?|remorse(?:ful)?|guilt(?:y|ily)|asham(?:ed)?|"
        "落寞|怅然|感慨|唏嘘|凄凉|苦涩|心酸|酸楚|灰心|气馁|疲倦|不舍|依依不舍|思念|想念|沉重|有感而发|动情|(?:in|with) shame",
        "失望|忧郁|惆怅|失落|不高兴|不开心|不快乐|怀念|孤独|寂寞|疲惫|愧疚|内疚|羞愧|歉意|无奈|伤感"),
    entry(
        "emotion", "sadness", USUAL,
        "funeral|mournfulness|grim(?:ly)?|woeful(?:ly)?|dismal(?:ly)?|choked up|lump in (?:her|his|their) throat|eyes "
            "(?:well|welling) up|pain(?:ed|ful|fully)|suffering|in mourning|pitiful(?:ly)?|whimper(?:s|ing)?|"
            "sniff(?:s|ing|les|ling)?|down in the dumps|sob story|condolences?|tragic(?:ally)?|tragedy|elegiac|"
            "lament(?:s|ing)?|sad(?:ly|ness|der|dened)?|unhapp(?:y|ily|iness)|sorrow(?:ful|fully)?|upset|"
            "gloom(?:y|"
            "ily)?|tear(?:s|ful|fully)|teary(?:-eyed)?|"
        "depress(?:ed|ing)|mourn(?:s|ful|fully|ing)?|regret(?:s|ful|fully)?|deject(?:ed|edly)|down-?hearted|blue mood|"
        "face falls|crestfallen|hurt|heavy heart|farewell|low spirits|bitter-?sweet",
        "葬礼|哀悼|哀痛|难受|悲凉|悲恸|悲壮|凄惨|发愁|忧愁|愁眉|眼眶|眼圈红|红了眼|抽泣|呜咽|啜泣|伤痛|心痛|心疼|鼻子一酸|"
            "郁闷|萎靡|不幸|难过|悲伤|伤心|忧伤|沮丧|哀伤|哀愁|遗憾|懊悔|悲哀|悲戚|低落|消沉|眼泪|泪水|流泪|"
            "落泪|含泪|眼泛泪光|泪眼|哽咽|惋惜|脸沉下来|委屈|垂头丧气|黯然|悲",
    ),
    entry(
        "emotion", "sadness", STRONG,
        "bawl(?:s|ing)?|wail(?:s|ing)?|in tears|bursts? into tears|bursting into tears|shattered|crushed|suicidal|ruined|"
            "grief-?stricken|hopeless(?:ly)?|distraught|wreck(?:ed)?|heart-?broken|devastat(?:ed|ing)|"
            "miserabl[ey]|cry(?:ing)?|cries|weep(?:s|ing)?|wept|sob(?:s|bing)?|grie(?:f|ving|ves)|"
        "despair(?:s|ing)?|desperate(?:ly)?|in agony|anguish(?:ed)?|break(?:s|ing)? down|inconsolabl[ey]",
        "嚎啕|号啕|痛哭|大哭|悲痛欲绝|伤心欲绝|生无可恋|万念俱灰|心如刀割|心如刀绞|悲愤|心碎|悲痛|痛苦|哭泣|哭|绝望|"
            "痛不欲生|泣不成声|泪流满面|肝肠寸断|崩溃|撕心裂肺|泣",
    ),
    entry(
        "emotion", "sadness", STRONG,
        "(?:has |have |had )?(?:just )?(?:died|passed away)|at a funeral|lost (?:her|his|"
            "their|a|an) \\w+(?: \\w+)?|bad news|"
        "(?:has|had) been (?:dumped|fired)|broke up with|late (?:wife|husband|mother|father)",
        "去世|过世|葬礼|坏消息|噩耗|失去了|失恋|分手|被解雇",
        0.6,
    ),
    entry(
        "emotion", "surprise", USUAL,
        "wow(?:ed)?|whoa|dazzled|blown away|double-?takes?|gobsmacked|agape|open-?mouthed|mouth open|unbelievabl[ey]|"
            "wonderment|jump(?:s|ed)? (?:up )?in surprise|astounding|aghast|marvel(?:s|ing)?|in disbelief|"
            "did(?:n't| not) expect|jolt(?:ed|s)?|surpris(?:ed|edly|e|es|ing|ingly)|taken aback|wide-?eyed|"
            "eyes (?:go )?wide(?: open)?|"
            "astonish(?:ed|ment|es)|amaz(?:ed|ement)|"
        "startl(?:ed|es)|speechless|caught off guard|in awe|awe-?struck|can't believe (?:it|her eyes|his eyes|what)|jaw drops|"
        "unexpected(?:ly)?|double take",
        "惊喜交加|大惊|惊叫|惊呼|惊住|怔住|愣了|傻眼|张大(?:了)?嘴|始料未及|想不到|竟然|不可思议|吃了一惊|讶异|错愕|"
            "猝不及防|惊讶|惊喜|吃惊|诧异|意外|惊奇|惊异|惊叹|瞪大(?:了)?(?:眼睛|双眼)|睁大(?:了)?(?:眼睛|"
            "双眼)|愣住|没想到|不敢相信|难以置信|出乎意料|惊(?!险|艳)",
    ),
    entry("emotion", "surprise", STRONG,
        "petrified|freaked out|freaks out|jaw-?drop(?:ped|ping)?|shriek(?:s|ing)?|paralyzed|electrified|mind-?blown|"
            "floored|panic-?stricken|shock(?:ed|s)?|stun(?:ned|s)|astound(?:ed|s)|flabbergasted|gasp(?:s|ing|"
            "ed)?|"
            "thunder-?struck|scream(?:s|ing) in surprise|"
        "terrif(?:ied|ying)|horrif(?:ied|ying)|frighten(?:ed)?|scared|horror",
        "魂飞魄散|惊骇|惊慌失措|大惊失色|毛骨悚然|惊悚|尖叫|瞪圆|晴天霹雳|震惊|目瞪口呆|大吃一惊|惊呆|瞠目结舌|倒吸一口|"
            "惊恐|吓坏|吓了一跳|惊愕|震撼|恐惧|害怕"),
    entry(
        "emotion", "anger", WEAK,
        "miffed|peeved|huffy|huffs?|tetchy|testy|sour(?:ly)?|glum(?:ly)?|snappish|curt(?:ly)?|brusque(?:ly)?|harsh(?:ly)?|"
            "sneer(?:s|ing)?|scoff(?:s|ing)?|roll(?:s|ing)? (?:her|his|their) eyes in|fed up|snap(?:s|ping)? "
            "at|critical(?:ly)?|disapprov(?:es|ing|ingly|al)|coldly|scorn(?:ful|fully)?|annoy(?:ed|ance|s|"
            "edly)|irritat(?:ed|ion|edly|es)|grump(?:y|ily)|displeased|stern(?:ly)?|"
            "impatien(?:t|tly|ce)|frown(?:s|ing|ed)?|"
        "exasperat(?:ed|ion)|cross(?:ly)? with|strict(?:ly)?|grumbl(?:es|ing)|sarcastic(?:ally)?|"
            "reproachful(?:ly)?|sulk(?:s|ing|y)?|"
        "disgust(?:ed)?|contempt(?:uous|uously)?|jealous(?:ly)?",
        "没好气|赌气|撇嘴|噘嘴|冷冷|冷漠|冷淡|凶巴巴|板着脸|阴沉着?脸|沉着脸|苛刻|尖刻|挖苦|嘲讽|嘲笑|鄙视|反感|嗔怪|嘟囔|"
            "发牢骚|不满|不耐烦|烦躁|恼火|皱眉|紧锁眉头|眉头紧锁|皱着眉|皱起眉|皱了皱眉|严厉|抱怨|讽刺|厌烦|厌恶|嫌弃|轻蔑|不屑|"
            "嫉妒|埋怨",
    ),
    entry(
        "emotion", "anger", USUAL,
        "wrath(?:ful|fully)?|temper(?:amental)?|growl(?:s|ing)?|snarl(?:s|ing)?|irate|infuriat(?:ed|ing)|offended|"
            "insult(?:ed|s|ing)|confront(?:s|ing|ational)?|clash(?:es|ing)?|pissed(?: off)?|gr[iu]nd(?:s|ing)? "
            "(?:her|his|their) teeth|clench(?:es|ing|ed)? (?:her|his|their) (?:fists|jaw|teeth)|curs(?:es|ing)|"
            "swear(?:s|ing)|bang(?:s|ing)? (?:her|his|their) fist|slam(?:s|ming)?|berat(?:es|ing)|"
            "reprimand(?:s|ing)?|angr(?:y|ily|ier)|anger(?:ed)?|mad|frustrat(?:ed|ion|edly)|indigna(?:nt|ntly|"
            "tion)|hostil(?:e|ity)|bitter(?:ly|ness)?|"
        "scowl(?:s|ing)?|scold(?:s|ing|ed)?|argu(?:es|ing|e|ment)|quarrel(?:s|ling|ing)?|tells? (?:\\w+ )?off|accus(?:es|ing|e)|"
        "resent(?:ful|fully|ment)|aggress(?:ive|ively|ion)|fuming|fumes|glar(?:es|ing|e)|losing (?:her|his|their) temper|"
        "loses (?:her|his|their) temper|complain(?:s|ing)|rant(?:s|ing)?|threaten(?:s|ing|ingly)?|"
            "bicker(?:s|ing)?|fight(?:s|ing)?",
        "脾气暴躁|骂骂咧咧|咒骂|顶嘴|冲突|对峙|气呼呼|气鼓鼓|握紧拳头|攥紧拳头|拍桌|摔门|不服|挑衅|凶狠|生气|愤怒|恼怒|"
            "气愤|发火|不悦|愤慨|愤愤|气冲冲|怒气|怒视|争吵|吵架|争执|争辩|责骂|责备|训斥|斥责|指责|骂|发脾气|"
            "火冒|敌意|咬牙|怨恨|威胁|不爽|怒|愤|吵",
    ),
    entry(
        "emotion", "anger", STRONG,
        "roar(?:s|ing)?|bellow(?:s|ing)?|apoplectic|out of control|hits the roof|sees red|loses it|foaming|vicious(?:ly)?|"
            "holler(?:s|ing)?|furious(?:ly)?|enraged|rag(?:e|es|ing)|outrage(?:d)?|livid|fury|seeth(?:es|ing)|"
            "yell(?:s|"
            "ing)?|shout(?:s|ing)?|scream(?:s|ing)?|"
        "explod(?:es|ing)|blow(?:s)? up|boil(?:s|ing)(?: with rage)?|heated(?:ly)?|incensed|goes ballistic",
        "怒喝|怒斥|痛骂|大骂|破口大骂|喊叫|失控|暴躁地大|咬牙切齿|火冒三丈|七窍生烟|抓狂|暴怒|狂怒|勃然大怒|大怒|怒不可遏|"
            "怒吼|大吼|咆哮|暴跳如雷|气得|怒火|激烈地?争吵|大发雷霆|气急败坏|歇斯底里|嘶吼|吼叫",
    ),
)  # fmt: skip
