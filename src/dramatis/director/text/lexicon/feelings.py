"""Words that say or imply an emotion, English and Chinese."""

from dramatis.director.text.lexicon.entries import STRONG, USUAL, WEAK, Entry, entry

FEELINGS: tuple[Entry, ...] = (
    entry(
        "emotion", "calm", USUAL,
        r"""
        unfazed|unbothered|unruffled|cool as a cucumber|placid(?:ly)?|even-?tempered|at peace|monotone|blank(?:ly)?
        |straight[- ]faced?|contemplative|reflective|unshaken|grounded|poised|composure
        |pull(?:s|ing)? (?:her|his|their) ?sel(?:f|ves) together|settl(?:es|ing) down|cool(?:s|ing) (?:down|off)
        |stone-?faced|keep(?:s|ing)? (?:her|his|their) cool|unflappable|steady voice|low-?key|low energy|chill(?:ed)?
        |mellow|easy-?going|unemotional(?:ly)?|bored|boredom|soft-?spoken|zen|mindful(?:ly)?|measured|restrained
        |nonchalant(?:ly)?|cool and \w+|dispassionate(?:ly)?|calm(?:ly|ness|er|s down)?|calming|neutral(?:ly)?
        |relax(?:ed|es|ing)?|serene(?:ly)?|peaceful(?:ly)?|composed(?:ly)?|at ease|tranquil(?:ly|lity)?
        |serious(?:ly|ness)?|matter-of-factly?|deadpan|poker-?faced?|expressionless(?:ly)?|emotionless|stoic(?:ally)?
        |unmoved|impassive(?:ly)?|patient(?:ly)?|collected|level-?headed|sober(?:ly)?|solemn(?:ly)?|objective(?:ly)?
        |professional(?:ly)?|unperturbed|content(?:ed|edly)?|sooth(?:es|ing|ingly)|quiet and \w+|thoughtful(?:ly)?
        |meditative|sleepy|drowsy|sleepily|tender(?:ly|ness)?|cosy|cozy|laid-?back|unhurried
        """,
        r"""
        处变不惊|波澜不惊|淡定|平复|缓过来|冷静下来|沉下心|语气平稳|平缓|平淡|不温不火|不露声色|毫无波动|没什么表情
        |没有表情|木然|安心|踏实|气定神闲|不疾不徐|松弛|自在|惬意|无聊|悠闲|佛系|克制|不慌不忙|不紧不慢|云淡风轻
        |沉住气|心静|淡漠|漫不经心|恬静|稳重|祥和|平静|冷静|镇定|镇静|从容|安静|沉稳|沉着|淡定|淡然|放松|轻松|严肃
        |正经|庄重|平和|安详|宁静|沉静|心平气和|面无表情|一本正经|不动声色|若无其事|泰然|中性|中立|客观|专业|温柔|柔和
        |温馨|舒缓|舒适|慵懒|懒洋洋|耐心|沉思
        """,
    ),
    entry(
        "emotion", "excitement", WEAK,
        r"""
        charming(?:ly)?|welcoming(?:ly)?|cute(?:ly)?|sweet(?:ly)?|gracious(?:ly)?|positive(?:ly)?|confident(?:ly)?
        |self-?assured|flattered|grateful(?:ly)?|thankful(?:ly)?|lovingly|affectionate(?:ly)?|dreamy|dreamily|pleased
        |warmly|warm|friendly|kindly|amused|hopeful(?:ly)?|satisfied|good-?humou?red|relieved|polite(?:ly)? smil\w+
        |optimis(?:m|tic|tically)|encouraging(?:ly)?|cordial(?:ly)?
        """,
        r"""
        热心|甜美|甜甜|可爱|自信|感激|感恩|欣赏|深情|乐观|和蔼|受宠若惊|满意|友好|友善|亲切|欣慰|宽慰|觉得好笑|被逗乐
        |松了一?口气|如释重负|和善|鼓励
        """,
    ),
    entry(
        "emotion", "excitement", USUAL,
        r"""
        tickled|in stitches|chipper|perky|peppy|jazzed|amped(?: up)?|zest(?:y|ful)?|all smiles
        |radiat(?:es|ing) (?:joy|energy)|squeal(?:s|ing)?|fist-?pump(?:s|ing)?|pump(?:s|ing) (?:her|his|a) fist
        |high-?fives?|yay|snicker(?:s|ing)?|hyper|bright-?eyed|in good spirits|great mood|keen(?:ly)?|raring to go
        |chirpy|laughingly|cackl(?:es|ing)|howl(?:s|ing) with laughter|delighting|charged|perk(?:s|ing) up
        |liven(?:s|ing) up|energy|stoked|hyped|pumped(?: up)?|psyched|buzzing|bubbly|sparkl(?:es?|ing|y)
        |vibrant(?:ly)?|high energy|(?:full of|pure|so much) energy|energi[sz]ed|fired up|exuberant(?:ly)?|jolly
        |sunny mood|lol|blissful(?:ly)?|cracks? up|cracking up|entertained|giddy|giddily|party mood|festive
        |rejoic(?:es|ing)|whoop(?:s|ing)|motivat(?:ed|ing)|inspir(?:ed|ing)|hilarious(?:ly)?|feel-?good
        |happ(?:y|ily|iness|ier)|joy(?:ful|fully|ous|ously)?|excit(?:ed|edly|ement|ing)
        |cheer(?:s|ful|fully|fulness|y|ing)?|glad(?:ly)?|delight(?:ed|edly|s)?|enthusias(?:m|tic|tically)
        |laugh(?:s|ed|ing|ter)?|giggl(?:es|ing|e)|chuckl(?:es|ing|e)|playful(?:ly)?|merr(?:y|ily)|eager(?:ly)?
        |proud(?:ly)?|passion(?:ate|ately)?|energetic(?:ally)?|upbeat|lively|thrill|brighten(?:s|ing)?(?: up)?
        |light(?:s|ing)? up|jok(?:es|ing|ingly)|fun|good mood|high spirits|in love|animated(?:ly)?|gleeful(?:ly)?|glee
        |elation|triumph(?:ant|antly)?|celebrat(?:es|ing|e)|spirited
        """,
        r"""
        嗨起来|很嗨|乐了|笑着跳|兴高|乐滋滋|喜出|热烈|笑嘻嘻|笑呵呵|笑哈哈|笑眯眯|嘻嘻|打鸡血|满心欢喜|欢喜|雀跃|兴头
        |干劲|热情洋溢|扑哧一?笑?|噗嗤一?笑?|笑出来|笑场|忍俊不禁|起哄|开怀|精神抖擞|来了?精神|来劲|精神起来|振作
        |情绪高涨|高涨|活力|闪闪发光|元气|朝气|激情|热血|起劲|乐开|偷着乐|欢乐|欢腾|雀跃|亢奋|乐不可支|春风得意
        |满面春风|神采飞扬|喜滋滋|美滋滋|爽朗|劲头|逗乐|搞笑|意气风发|高兴|开心|快乐|喜悦|愉快|愉悦|兴奋|激动|欢快
        |欢喜|欢呼|热情|大笑|哈哈|笑出声|笑出了声|自豪|骄傲|幸福|振奋|兴致勃勃|兴冲冲|活泼|俏皮|得意|喜气|乐呵|心情好
        |心情变好|庆祝|笑了起来|笑起来|喜笑颜开|眉飞色舞|激昂|慷慨激昂
        """,
    ),
    entry(
        "emotion", "excitement", STRONG,
        r"""
        tears of joy|happy tears|doubl(?:es|ed|ing) over (?:laughing|with laughter)|walking on air
        |jump(?:s|ing) up and down
        |laugh(?:s|ing) (?:so )?(?:hard|hysterically|uncontrollably|(?:her|his|their) head off)
        |los(?:es|ing) it laughing|hits? the jackpot|bursting with (?:joy|happiness|excitement)|delirious(?:ly)?
        |rapturous(?:ly)?|beside (?:her|him|them)self with joy|on top of the world|in seventh heaven|crazy with joy
        |bouncing off the walls|can(?:not| not|'t) contain (?:her|his|their) (?:joy|excitement)
        |roar(?:s|ing)? with laughter|thrilled|ecsta(?:sy|tic|tically)|overjoyed|elated|exhilarated|euphori(?:a|c)
        |jubilan(?:t|tly|ce)|over the moon|on cloud nine|burst(?:s|ing)? (?:out )?(?:laughing|with joy)
        |jump(?:s|ing)? for joy|wild with joy|hysterical(?:ly)?
        """,
        r"""
        前仰后合|笑弯了?腰|笑得直不起腰|喜极而泣|蹦起来|跳起来欢呼|激动到|兴奋到|开心到|开心死|高兴死|嗨翻|笑岔气|狂笑
        |高兴坏|乐坏|开心得|高兴得|乐翻|笑翻|笑疯|爆笑|狂欢|欣喜|热泪盈眶地笑|兴奋得|高兴极|开心极|激动万分|欣喜若狂
        |狂喜|兴高采烈|激动不已|喜出望外|欢天喜地|手舞足蹈|心花怒放|欣喜万分|捧腹大笑|哈哈大笑|放声大笑|兴奋不已
        |激动得
        """,
    ),
    entry(
        "emotion", "excitement", STRONG,
        r"""
        won the lottery|won (?:the|a) \w+|best day of (?:her|his|their|my) life|dream (?:came|has come) true
        |great news|just got (?:engaged|the job)|new year's eve|good news
        """,
        "中了?(?:大奖|彩票|头奖)|梦想成真|好消息|金榜题名|夺冠",
        0.6,
    ),
    entry(
        "emotion", "confusion", WEAK,
        r"""
        sheepish(?:ly)?|self-?conscious|jittery|fidgety|restless(?:ly)?|stammer(?:s|ing)?|stutter(?:s|ing)?
        |timid(?:ly)?|apprehensive(?:ly)?|wary|warily|reluctant(?:ly)?|in two minds|fear(?:ful|fully)?|afraid
        |panick?(?:y|ed|ing)?|unsure|uncertain(?:ly|ty)?|hesita(?:nt|ntly|tes|ting|tion)|worr(?:y|ied|iedly|ies)
        |anxious(?:ly)?|anxiety|nervous(?:ly|ness)?|pensive(?:ly)?|wonder(?:s|ing)?|shy(?:ly)?|embarrass(?:ed|ment)
        |awkward(?:ly)?|uneasy|uneasily|insecure|concerned|lost in thought|undecided|tense
        """,
        r"""
        结结巴巴|吞吞吐吐|欲言又止|局促|拘谨|心虚|惶恐|慌张|慌乱|忧心|不好意思|羞涩|腼腆|胆怯|畏缩|踌躇|惴惴|坐立不安
        |为难|犹豫|迟疑|担心|担忧|忧虑|紧张|焦虑|不安|忐忑|不确定|害羞|尴尬|拿不定主意|半信半疑|若有所思
        """,
    ),
    entry(
        "emotion", "confusion", USUAL,
        r"""
        squint(?:s|ing|ed)?|not (?:quite |so |really )?(?:sure|certain)
        |(?:tilt|cock)(?:s|ing|ed)? (?:her|his|their) head(?! (?:up|down|back|left|right|to))
        |(?:furrow|knit|wrinkl|scrunch)(?:s|es|ed|ing|ting|ted)? (?:(?:her|his|their) )?(?:brows?|forehead|nose|face)
        |brows? (?:furrow(?:s|ed)?|knit(?:ted)?)|huh|(?:look|seem|feel)(?:s|ing)? (?:a bit |totally )?lost
        |(?:can't|cannot|doesn't|didn't) (?:make (?:sense|head)|follow|figure|see why|know what)
        |search(?:es|ing) for words|uncomprehending(?:ly)?|second-?guess(?:es|ing)?|double-?checks|thrown off
        |none the wiser|blank look|mystified|befuddled|bemused|flummoxed|stumped|unclear|disconcerted|quizzical(?:ly)?
        |raised an eyebrow in doubt|does not follow|no idea|confus(?:ed|edly|ion|ing)|puzzl(?:ed|ement)
        |perplex(?:ed|ity)|doubt(?:s|ful|fully|ing)?|s[ck]eptic(?:al|ally)?|questioning(?:ly)?
        |incredul(?:ous|ously|ity)|suspicious(?:ly)?|disorient(?:ed)?|disbelie(?:f|ving)|at a loss
        |does(?:n't| not) (?:understand|get it)|scratch(?:es|ing) (?:her|his|their) head|clueless
        """,
        r"""
        歪着?头|歪了歪头|歪头|不太确定|没搞懂|没看明白|没弄懂|不太懂|愣住?了?半天|一愣一愣|满脸问号|一脸问号|眯起?眼
        |眯着眼|摸不清|说不清|将信将疑|不太相信|琢磨|想不起来|不对劲|找不到头绪|没头绪|疑问|质疑|狐疑|想不通|想不明白
        |不懂|懵|蒙圈|没反应过来|理解不了|弄不清|看不懂|犯嘀咕|费解|困惑|疑惑|迷惑|不解|怀疑|迷茫|纳闷|不明白|没听懂
        |听不懂|不明所以|搞不清|摸不着头脑|挠头|疑虑|糊涂|不知所措
        """,
    ),
    entry("emotion", "confusion", STRONG, "bewilder(?:ed|ment)|baffl(?:ed|ement)|dumbfounded|utterly lost|completely lost",
        "大惑不解|一头雾水|茫然|百思不得其解|莫名其妙|完全没看懂|晕头转向"),
    entry("emotion", "sadness", WEAK,
        r"""
        let down|rueful(?:ly)?|resigned(?:ly)?|sentimental(?:ly)?|poignant(?:ly)?|bleak|somber|sombre|drained
        |exhausted(?:ly)?|defeated|humbled|yearning|wistful(?:ly)?|melanchol(?:y|ic|ically)|disappoint(?:ed|edly|ment)
        |nostalgi(?:a|c|cally)|lonely|tired(?:ly)?|homesick|subdued|downcast|apologetic(?:ally)?|weary|wearily
        |longing(?:ly)?|remorse(?:ful)?|guilt(?:y|ily)|asham(?:ed)?
        |落寞|怅然|感慨|唏嘘|凄凉|苦涩|心酸|酸楚|灰心|气馁|疲倦|不舍|依依不舍|思念|想念|沉重|有感而发|动情
        |(?:in|with) shame
        """,
        "失望|忧郁|惆怅|失落|不高兴|不开心|不快乐|怀念|孤独|寂寞|疲惫|愧疚|内疚|羞愧|歉意|无奈|伤感"),
    entry(
        "emotion", "sadness", USUAL,
        r"""
        well(?:s|ing|ed)? up|tear(?:s|ing|ed) up|(?:misty|watery|red|puffy)[- ]eye[ds]
        |(?:lip|chin)(?: \w+)? (?:quiver|trembl|wobbl)(?:s|es|ing)|(?:quivering|trembling) lip
        |voice(?: \w+)? (?:break|crack|falter|waver)(?:s|ing)|chok(?:es|ing) up|verge of tears|close to tears
        |fight(?:s|ing) tears|mop(?:es|ing|ey)|despondent(?:ly)?|forlorn(?:ly)?|heart sinks|gutted|bummed(?: out)?
        |feel(?:s|ing) (?:down|low|blue)|aching|wounded|wip(?:es|ing) (?:away )?(?:a|her|his) (?:tear|eyes?)
        |miss(?:es|ing) (?:her|his|him|them|home)|broken|funeral|mournfulness|grim(?:ly)?|woeful(?:ly)?|dismal(?:ly)?
        |choked up|lump in (?:her|his|their) throat|eyes (?:well|welling) up|pain(?:ed|ful|fully)|suffering
        |in mourning|pitiful(?:ly)?|whimper(?:s|ing)?|sniff(?:s|ing|les|ling)?|down in the dumps|sob story
        |condolences?|tragic(?:ally)?|tragedy|elegiac|lament(?:s|ing)?|sad(?:ly|ness|der|dened)?|unhapp(?:y|ily|iness)
        |sorrow(?:ful|fully)?|upset|gloom(?:y|ily)?|tear(?:s|ful|fully)|teary(?:-eyed)?|depress(?:ed|ing)
        |mourn(?:s|ful|fully|ing)?|regret(?:s|ful|fully)?|deject(?:ed|edly)|down-?hearted|blue mood|face falls
        |crestfallen|hurt|heavy heart|farewell|low spirits|bitter-?sweet
        """,
        r"""
        眼含热泪|眼里有泪|湿了眼|眼睛湿|眼泛泪|泪目|红着眼|眼睛红|抹眼泪|擦眼泪|抹了抹泪|泪|想哭|要哭|声音发颤
        |声音颤抖|声音哽|丧气|蔫|心灰意冷|意难平|不是滋味|忧愁|失魂落魄|低沉|破防
        |emo
        |嘴唇颤抖|苦笑|闷闷不乐|郁郁寡欢|闷闷|愁容|愁苦|哭腔|啜泣|忧愁|伤怀|葬礼|哀悼|哀痛|难受|悲凉|悲恸|悲壮|凄惨
        |发愁|忧愁|愁眉|眼眶|眼圈红|红了眼|抽泣|呜咽|啜泣|伤痛|心痛|心疼|鼻子一酸|郁闷|萎靡|不幸|难过|悲伤|伤心|忧伤
        |沮丧|哀伤|哀愁|遗憾|懊悔|悲哀|悲戚|低落|消沉|眼泪|泪水|流泪|落泪|含泪|眼泛泪光|泪眼|哽咽|惋惜|脸沉下来|委屈
        |垂头丧气|黯然|悲
        """,
    ),
    entry(
        "emotion", "sadness", STRONG,
        r"""
        bawl(?:s|ing)?|wail(?:s|ing)?|in tears|bursts? into tears|bursting into tears|shattered|crushed|suicidal
        |ruined|grief-?stricken|hopeless(?:ly)?|distraught|wreck(?:ed)?|heart-?broken|devastat(?:ed|ing)|miserabl[ey]
        |cry(?:ing)?|cries|weep(?:s|ing)?|wept|sob(?:s|bing)?|grie(?:f|ving|ves)|despair(?:s|ing)?|desperate(?:ly)?
        |in agony|anguish(?:ed)?|break(?:s|ing)? down|inconsolabl[ey]
        """,
        r"""
        嚎啕|号啕|痛哭|大哭|悲痛欲绝|伤心欲绝|生无可恋|万念俱灰|心如刀割|心如刀绞|悲愤|心碎|悲痛|痛苦|哭泣|哭|绝望
        |痛不欲生|泣不成声|泪流满面|肝肠寸断|崩溃|撕心裂肺|泣
        """,
    ),
    entry(
        "emotion", "sadness", STRONG,
        r"""
        (?:has |have |had )?(?:just )?(?:died|passed away)|at a funeral|lost (?:her|his|their|a|an) \w+(?: \w+)?
        |bad news|(?:has|had) been (?:dumped|fired)|broke up with|late (?:wife|husband|mother|father)
        """,
        "去世|过世|葬礼|坏消息|噩耗|失去了|失恋|分手|被解雇",
        0.6,
    ),
    entry(
        "emotion", "surprise", USUAL,
        r"""
        (?:caught )?off[- ]guard|eyes (?:go |fly )?(?:wide|widen|popp?(?:ing)?)(?: open)?
        |widen(?:s|ing) (?:her|his|their) eyes|startled?(?:s|d)?|speechless|flinch(?:es|ing)?|recoil(?:s|ing)?
        |(?:mouth|jaw)(?: \w+)? (?:falls?|drops?|hangs?)(?: open)?|(?:hand|hands) (?:over|to) (?:her|his|their) mouth
        |cover(?:s|ing) (?:her|his|their) mouth|no way|stops? dead|did(?:n't| not) see (?:that|it|this) coming
        |can(?:'t|not) believe|omg|awe-?struck|in awe|does a double|dumbstruck|bug-?eyed|eyes as (?:big|wide|round) as
        |mouth (?:wide |hanging )?open|wow(?:ed)?|whoa|dazzled|blown away|double-?takes?|gobsmacked|agape
        |open-?mouthed|mouth open|unbelievabl[ey]|wonderment|jump(?:s|ed)? (?:up )?in surprise|astounding|aghast
        |marvel(?:s|ing)?|in disbelief|did(?:n't| not) expect|jolt(?:ed|s)?|surpris(?:ed|edly|e|es|ing|ingly)
        |taken aback|wide-?eyed|eyes (?:go )?wide(?: open)?|astonish(?:ed|ment|es)|amaz(?:ed|ement)|startl(?:ed|es)
        |speechless|caught off guard|in awe|awe-?struck|can't believe (?:it|her eyes|his eyes|what)|jaw drops
        |unexpected(?:ly)?|double take
        """,
        r"""
        下巴[^,。;]{0,4}掉|愣在|呆住|愣住|愣神|傻了|惊掉|惊到|没料到|捂住?着?嘴|嘴巴张|嘴张|合不上嘴|嘴都合不上
        |眼睛[^,。;]{0,3}(?:瞪|睁)[^,。;]{0,2}(?:大|圆)|瞪大|睁大|一惊|吓一跳|被吓|天哪|不会吧|反应不过来|一激灵
        |后退一步|惊得|惊出|惊喜交加|大惊|惊叫|惊呼|惊住|怔住|愣了|傻眼|张大(?:了)?嘴|始料未及|想不到|竟然|不可思议
        |吃了一惊|讶异|错愕|猝不及防|惊讶|惊喜|吃惊|诧异|意外|惊奇|惊异|惊叹|瞪大(?:了)?(?:眼睛|双眼)
        |睁大(?:了)?(?:眼睛|双眼)|愣住|没想到|不敢相信|难以置信|出乎意料|惊(?!险|艳)
        """,
    ),
    entry("emotion", "surprise", STRONG,
        r"""
        petrified|freaked out|freaks out|jaw-?drop(?:ped|ping)?|shriek(?:s|ing)?|paralyzed|electrified|mind-?blown
        |floored|panic-?stricken|shock(?:ed|s)?|stun(?:ned|s)|astound(?:ed|s)|flabbergasted|gasp(?:s|ing|ed)?
        |thunder-?struck|scream(?:s|ing)?(?! (?:at|with|in (?:anger|rage|fury|frustration)))
        |terrif(?:ied|ying)|horrif(?:ied|ying)|frighten(?:ed)?|scared
        |horror
        """,
        r"""
        魂飞魄散|惊骇|惊慌失措|大惊失色|毛骨悚然|惊悚|尖叫|瞪圆|晴天霹雳|震惊|目瞪口呆|大吃一惊|惊呆|瞠目结舌|倒吸一口
        |惊恐|吓坏|吓了一跳|惊愕|震撼|恐惧|害怕
        """),
    entry(
        "emotion", "anger", WEAK,
        r"""
        riled|irked|vexed|cranky|agitated|aggravated|narrow(?:s|ing|ed)? (?:her|his|their) eyes|had enough
        |ticked(?: off)?|prickly|tuts?|put out|miffed|peeved|huffy|huffs?|tetchy|testy|sour(?:ly)?|glum(?:ly)?
        |snappish|curt(?:ly)?|brusque(?:ly)?|harsh(?:ly)?|sneer(?:s|ing)?|scoff(?:s|ing)?
        |roll(?:s|ing)? (?:her|his|their) eyes in|fed up|snap(?:s|ping)? at|critical(?:ly)?
        |disapprov(?:es|ing|ingly|al)|coldly|scorn(?:ful|fully)?|annoy(?:ed|ance|s|edly)|irritat(?:ed|ion|edly|es)
        |grump(?:y|ily)|displeased|stern(?:ly)?|impatien(?:t|tly|ce)|frown(?:s|ing|ed)?|exasperat(?:ed|ion)
        |cross(?:ly)? with|strict(?:ly)?|grumbl(?:es|ing)|sarcastic(?:ally)?|reproachful(?:ly)?|sulk(?:s|ing|y)?
        |disgust(?:ed)?|contempt(?:uous|uously)?|jealous(?:ly)?
        """,
        r"""
        烦了|很烦|有点烦|冷着脸|拉着脸|拉下脸|黑着脸|臭着脸|没耐心|不高兴地瞪|啧了?一声|(?<![苦烦])恼|翻脸|酸溜溜
        |没好气|赌气|撇嘴|噘嘴|冷冷|冷漠|冷淡|凶巴巴|板着脸|阴沉着?脸|沉着脸|苛刻|尖刻|挖苦|嘲讽|嘲笑|鄙视|反感|嗔怪
        |发牢骚|不满|不耐烦|烦躁|恼火|皱眉|紧锁眉头|眉头紧锁|皱着眉|皱起眉|皱了皱眉|严厉|抱怨|讽刺|厌烦|厌恶|嫌弃|轻蔑
        |不屑|嫉妒|埋怨
        """,
    ),
    entry(
        "emotion", "anger", USUAL,
        r"""
        simmer(?:s|ing)?|(?:grits|gritted|gritting|clenched)(?: (?:her|his|their))? (?:teeth|jaw|fists?)
        |jaw (?:tight(?:ens)?|clench(?:ed|es)|set)|storm(?:s|ing) (?:out|off)|lash(?:es|ing) out|hiss(?:es|ing)
        |bark(?:s|ing)? (?:at|orders)|worked up|short-?tempered|los(?:es|ing) (?:(?:her|his|their) )?patience|steaming
        |telling .{1,12} off|chew(?:s|ing) out|vent(?:s|ing)|furrowed in anger|nostrils flar(?:e|ing)
        |wrath(?:ful|fully)?|temper(?:amental)?|growl(?:s|ing)?|snarl(?:s|ing)?|irate|infuriat(?:ed|ing)|offended
        |insult(?:ed|s|ing)|confront(?:s|ing|ational)?|clash(?:es|ing)?|pissed(?: off)?
        |gr[iu]nd(?:s|ing)? (?:her|his|their) teeth|clench(?:es|ing|ed)? (?:her|his|their) (?:fists|jaw|teeth)
        |curs(?:es|ing)|swear(?:s|ing)|bang(?:s|ing)? (?:her|his|their) fist|slam(?:s|ming)?|berat(?:es|ing)
        |reprimand(?:s|ing)?|angr(?:y|ily|ier)|anger(?:ed)?|mad|frustrat(?:ed|ion|edly)|indigna(?:nt|ntly|tion)
        |hostil(?:e|ity)|bitter(?:ly|ness)?|scowl(?:s|ing)?|scold(?:s|ing|ed)?|argu(?:es|ing|e|ment)
        |quarrel(?:s|ling|ing)?|tells? (?:\w+ )?off|accus(?:es|ing|e)|resent(?:ful|fully|ment)
        |aggress(?:ive|ively|ion)|fuming|fumes|glar(?:es|ing|e)|losing (?:her|his|their) temper
        |loses (?:her|his|their) temper|complain(?:s|ing)|rant(?:s|ing)?|threaten(?:s|ing|ingly)?|bicker(?:s|ing)?
        |fight(?:s|ing)?
        """,
        r"""
        一肚子火|憋着火|窝火|上火|来气|火大|火了|动怒|瞪着?眼|瞪了|瞪着|攥着拳|攥拳|握拳|拳头|怼(?!近|脸|到)|发飙|质问
        |数落|铁青|冷脸|冷哼|脾气暴躁|骂骂咧咧|咒骂|顶嘴|冲突|对峙|气呼呼|气鼓鼓|握紧拳头|攥紧拳头|拍桌|摔门|不服|挑衅
        |凶狠|生气|愤怒|恼怒|气愤|发火|不悦|愤慨|愤愤|气冲冲|怒气|怒视|争吵|吵架|争执|争辩|责骂|责备|训斥|斥责|指责|骂
        |发脾气|火冒|敌意|咬牙|怨恨|威胁|不爽|怒|愤|吵
        """,
    ),
    entry(
        "emotion", "anger", STRONG,
        r"""
        fl(?:ies|ying) off the handle|blow(?:s|ing)? (?:her|his|their) (?:top|stack|lid)|unhinged
        |los(?:es|ing) (?:her|his|their) (?:cool|mind|shit)|flip(?:s|ping) out|go(?:es|ing) off on|erupts?
        |rip(?:s|ping) into|spitting mad|had (?:it|enough) with|veins (?:popping|bulging)|fierce(?:ly)?|roar(?:s|ing)?
        |bellow(?:s|ing)?|apoplectic|out of control|hits the roof|sees red|loses it|foaming|vicious(?:ly)?
        |holler(?:s|ing)?|furious(?:ly)?|enraged|rag(?:e|es|ing)|outrage(?:d)?|livid|fury|seeth(?:es|ing)
        |yell(?:s|ing)?|shout(?:s|ing)?|scream(?:s|ing)? (?:at|with|in (?:anger|rage|fury|frustration))
        |explod(?:es|ing)|blow(?:s)? up|boil(?:s|ing)(?: with rage)?
        |heated(?:ly)?|incensed|goes ballistic
        """,
        r"""
        气炸|炸毛|炸了|暴跳|怒骂|怒火中烧|气疯|气到|吼|忍无可忍|青筋|破口|怒喝|怒斥|痛骂|大骂|破口大骂|喊叫|失控
        |暴躁地大|咬牙切齿|火冒三丈|七窍生烟|抓狂|暴怒|狂怒|勃然大怒|大怒|怒不可遏|怒吼|大吼|咆哮|暴跳如雷|气得|怒火
        |激烈地?争吵|大发雷霆|气急败坏|歇斯底里|嘶吼|吼叫
        """,
    ),
)  # fmt: skip
