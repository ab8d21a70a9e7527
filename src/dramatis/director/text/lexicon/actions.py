"""Words that say or imply an action or a move of the camera, English and Chinese."""

from dramatis.director.text.lexicon.entries import CAMERA, STRONG, USUAL, WEAK, Entry, entry
from dramatis.director.text.people import MARKS

_HIS = "(?:her|his|their|your|the|both|one|an?|its)"
_TO = rf"(?:\w+ly )?(?:(?:over |off |away |back )?(?:to|towards?) )?(?:{_HIS} )?(?:far )?"
_LOOK = rf"(?:look|glanc|gaz|peer|peek|fac|star|check)(?:s|es|ing|ed|e)?(?: {_HIS} (?:head|eyes|gaze|face))? {_TO}"
_TURN = rf"(?:turn|tilt|mov)(?:s|es|ing|ed|e)? {_HIS} (?:head|eyes|gaze|face) {_TO}"
_EYES = r"(?:eyes?|gaze|head)(?: \w+ly)? (?:dart|flick|drift|mov|slid|shift|turn|wander|go)(?:s|es|ing|e)? "
_MOVE = rf"{CAMERA}(?: \w+ly)? (?:move|slide|drift|glide|travel|truck|track|sweep|swing)s? {_TO}"
_LENS = "(?:镜头|画面|机位|摄像机|摄影机|相机)"
_BOX = r"(?:box|present|gift|parcel|packet|package|cake|book|letter|cup)\b"
_THING = rf"(?: (?:\w+ )?{_BOX})?"
_WHOM = rf"(?:(?:a |an |the )?{MARKS}|her|him|them|it|\w+)"
_SLOWLY = "(?:缓缓|慢慢|缓慢|快速|迅速|徐徐|轻轻|稍微|平稳)?地?"

CAMERA_MOVES: tuple[Entry, ...] = (
    entry(
        "camera", "push in", USUAL,
        rf"""
        (?:zoom|doll(?:y|ie)|push|clos|track|mov|creep|inch|punch|eas|glid|drift)(?:s|es|ing|ed|e)?
            (?: \w+ly)? (?:right )?in(?! \w+ly (?:out|back))
        |push(?:es|ing)? (?:on)?(?:to|towards?|on) (?:her|his|the|their)
        |(?:slow|gentle|subtle|fast|quick|crash) (?:push|dolly|zoom)(?! ?-?(?:out|back))
        |(?:inch|creep|edg)(?:es|s|ing)? (?:closer|nearer)|tighten(?:s|ing)?(?: (?:up )?on)?|punch-in|zoom(?:ing)?-in
        |push(?:ing)?-in|doll(?:y|ying)-in
        |{CAMERA}(?: \w+ly)? (?:move|come|get|creep|draw|go)s?(?: \w+ly)? (?:closer|nearer|in)
        |zoom(?:s|ing)?(?! ?-?out| \w+ly out)
        """,
        rf"""
        怼(?:近|脸|到)|贴近|逼近|拉到特写|推上去|推上来|往里推|{_LENS}[^,。;]{{0,6}}(?:推|凑近|拉近)|推近|推进|推到
        |推至|拉近|推镜头?|推向|{_LENS}[^,。;]{{0,8}}前推|往前推|向前推|{_LENS}[^,。;]{{0,4}}靠近|放大|凑近镜头|变焦推
        """,
    ),
    entry(
        "camera", "push in", WEAK,
        "dramatic(?:ally)?|emotional(?:ly)?|suspense(?:ful)?|intimate", "戏剧性|感染力|煽情|悬念|感人", 0.4,
    ),
    entry(
        "camera", "pull out", USUAL,
        rf"""
        (?:zoom|doll(?:y|ie)|pull|track|move|back)(?:s|es|ing|ed)?(?: \w+ly)? (?:out|back|away)|zoom(?:ing)?-out
        |pull(?:ing)?-(?:out|back)|(?:drift|glid|creep|eas)(?:s|es|ing|e)?(?: \w+ly)? (?:out|back|away)
        |widen(?:s|ing)?(?: out| to)|go(?:es|ing)? wide(?:r)?|{CAMERA}(?: \w+ly)? (?:retreat|recede|withdraw)s?
        """,
        rf"""
        往后拉|向后拉|拉到(?:全|远)景|{_LENS}[^,。;]{{0,6}}(?:退|拉远)|拉远|拉镜头
        |{_LENS}[^,。;]{{0,4}}(?:后退|拉开|后拉|往后|向后)|推远|缩小|拉出|拉后
        """,
    ),
    entry(
        "camera", "pan left", USUAL, rf"pan(?:s|ning|ned)? (?:from (?:the )?right )?{_TO}left|{_MOVE}left",
        rf"""
        (?:{_LENS}[^,。;]{{0,4}})?(?:向|往|朝|从右(?:边|侧)?[到向往至])左(?:边|侧)?{_SLOWLY}(?:摇(?!头)|平?移)|左摇
        |{_LENS}左移
        """,
    ),
    entry(
        "camera", "pan right", USUAL, rf"pan(?:s|ning|ned)? (?:from (?:the )?left )?{_TO}right|{_MOVE}right",
        rf"""
        (?:{_LENS}[^,。;]{{0,4}})?(?:向|往|朝|从左(?:边|侧)?[到向往至])右(?:边|侧)?{_SLOWLY}(?:摇(?!头)|平?移)|右摇
        |{_LENS}右移
        """,
    ),
    entry(
        "camera", "tilt up", USUAL,
        rf"""
        (?:crane|boom|jib|pedestal)(?:s|ing)?(?: \w+ly)? up|(?:{CAMERA} )?tilt(?:s|ing|ed)?(?: \w+ly)? up(?:wards?)?
        |tilt-up|{_MOVE}up(?:wards?)?|{CAMERA} (?:rises|lifts)
        """,
        rf"""
        (?:{_LENS}[^,。;]{{0,4}})?(?:向|往|朝)上{_SLOWLY}(?:摇(?!头)|移)|上摇
        |{_LENS}(?:[^,。;]{{0,6}}升起|上移|上仰|上升|抬起)
        """,
    ),
    entry(
        "camera", "tilt down", USUAL, rf"""
            (?:crane|boom|jib|pedestal)(?:s|ing)?(?: \w+ly)? down
            |(?:{CAMERA} )?tilt(?:s|ing|ed)?(?: \w+ly)? down(?:wards?)?|tilt-down|{_MOVE}down(?:wards?)?
            """,
        rf"(?:{_LENS}[^,。;]{{0,4}})?(?:向|往|朝)下{_SLOWLY}(?:摇(?!头)|移)|下摇|{_LENS}(?:下移|下俯|下降)",
    ),
    entry(
        "camera", "handheld", USUAL,
        rf"""
        hand-?held|wobbl(?:y|es|ing)|phone (?:footage|video|camera)|on (?:a|an|my|her|his) (?:i|smart)?-?phone|vlog\w*
        |selfie|unsteady|jitter\w*|(?:shak(?:y|ing)|jittery|wobbly) {CAMERA}|shaky-?cam|shaky
        |{CAMERA} (?:shakes?|shaking|wobbles|trembles)|found footage
        """,
        rf"""
        手持|手机(?:随手)?拍|随手拍|自拍|晃动感|抖动感|轻微(?:晃|抖)动|晃晃悠悠|摇摇晃晃
        |{_LENS}[^,。;]{{0,3}}(?:晃动|抖动|摇晃|震动)|(?:晃动|抖动|摇晃)的?{_LENS}
        """,
    ),
    entry(
        "camera", "static", USUAL,
        rf"""
        static|lock(?:ed)?(?:-| )?(?:off|down)|locked|(?:fixed|still|steady|stationary|motionless) {CAMERA}
        |{CAMERA}(?: (?:is|stays?|remains?|keeps?|holds?|stands?|completely|perfectly|absolutely|totally))* (?:fixed
            |still|steady|stationary|motionless|put)
        |tripod|(?:fixed|single|one) (?:angle|frame)|camera (?:holds|never moves|frozen)|steady shot
        """,
        rf"""
        固定{_LENS}|{_LENS}(?:保持|完全|始终|一直|是|绝对)*(?:固定|静止|不动|稳定)|静止{_LENS}|固定机位
        |机位(?:固定|锁死|不动|不变)|锁死|固定角度|架(?:好|在)(?:不动|三脚架)|三脚架|定镜
        """,
    ),
    entry(
        "camera", "orbit", USUAL, rf"""
            orbit(?:s|ing|al)?|360(?:[ -]?degrees?)?|(?:arc|circl|swirl)(?:s|es|ing)? around
            |{CAMERA}(?: \w+ly)? (?:circl(?:e|ing)|rotate|revolve|arc|swirl|spin|turn|move|go)s? (?:a?round)|arc shot
            |circling shot
            """,
        rf"环绕|环拍|360度|绕[^,。;]{{0,6}}(?:转|圈|周)|绕着|围着[^,。;]{{0,6}}转|{_LENS}[^,。;]{{0,4}}(?:旋转|转圈|绕)",
    ),
    entry(
        "camera", "follow", USUAL, rf"""
            {CAMERA}(?: \w+ly)? (?:follow|track)s?(?! (?:in|out|back|away|to))|follow(?:ing)? shot|steadicam
            |camera (?:trails|goes with|stays with|keeps up)|trails (?:behind|after)|tracking shot|follow-?cam
            """,
        rf"{_LENS}[^,。;]{{0,3}}(?:跟随|跟着|追随|跟拍)|跟拍|跟镜头",
    ),
)  # fmt: skip

_HEAD_OR_HAND = "(?:头|目光|视线|眼睛|眼神|脸)"
ACTIONS: tuple[Entry, ...] = (
    entry("action", "nod", USUAL,
        r"nod(?:s|ding|ded)?|bob(?:s|bing)? (?:her|his|their) heads?|head[- ]?bob(?:s|bing)?",
        "点了?[一两三几]?[下次]?点?头|颔首|连连点头"),
    entry("action", "nod", WEAK, "agrees?|agreeing(?:ly)?|in agreement|approving(?:ly)?", "赞同|表示同意|认同", 0.5),
    entry("action", "shake head", USUAL,
        r"sh(?:ak(?:e|es|ing)|ook) (?:\w+ )?(?:\w+ )?heads?|head-?shak(?:e|es|ing)",
        "摇了?一?下?摇?头"),
    entry("action", "shake head", WEAK, "disagree(?:s|ing)?|refus(?:es|ing|e)|den(?:ies|ying|y)", "拒绝|否认|反对|不同意", 0.5),
    entry(
        "action", "look left", USUAL, rf"(?:{_LOOK}|{_TURN}|{_EYES}{_TO})left",
        rf"""
        (?:把|将)?{_HEAD_OR_HAND}?(?:转?向|往|朝|转到)着?左(?:边|侧|方)?(?:看|望|瞥|瞟|转头|转过头|张望)?
            (?!走|转身|摇|平移|移)
        |(?<![向往朝])左(?:看看|瞧瞧|瞄|瞅|看一|顾)|东张|(?:看|望|瞥|瞟|瞧)(?:向|着|了?一?眼?)?左
        """,
    ),
    entry(
        "action", "look right", USUAL, rf"(?:{_LOOK}|{_TURN}|{_EYES}{_TO})right(?! (?:at|into|in) )",
        rf"""
        (?:把|将)?{_HEAD_OR_HAND}?(?:转?向|往|朝|转到)着?右(?:边|侧|方)?(?:看|望|瞥|瞟|转头|转过头|张望)?
            (?!走|转身|摇|平移|移)
        |(?<![向往朝])右(?:看看|瞧瞧|瞄|瞅|看一|盼)|西望|(?:看|望|瞥|瞟|瞧)(?:向|着|了?一?眼?)?右
        """,
    ),
    entry(
        "action", "look up", USUAL,
        rf"""
        (?:look|glanc|gaz|peer|star)(?:s|es|ing|ed|e)?(?: \w+ly)? up(?:wards?)?(?! to)
        |(?:rais|lift)(?:es|ing|ed|e|s)? {_HIS} (?:head|eyes|gaze|chin)
        |(?:look|glanc|gaz|star)(?:s|es|ing|ed|e)? (?:up )?(?:at|to|into) the (?:sky|ceiling|stars)
        |roll(?:s|ing)? (?:her|his|their) eyes|(?:eyes|gaze|head)(?: \w+ly)? (?:lifts?|rises?|raised|up)|skywards?
        |heavenwards?|chin up
        """,
        r"""
        (?:抬起|抬了抬)(?:下巴|眼)|目光(?:上移|抬起)|(?:盯|望)着?天|抬起?了?头|仰起?头|仰望|仰视|抬眼|望(?:着|向)天空?
        |看(?:着|向)天空?|(?:向|往|朝)上(?:方|面)?(?:看|望)|翻了?个?白眼
        """,
    ),
    entry(
        "action", "look down", USUAL,
        rf"""
        (?:look|glanc|gaz|peer|star)(?:s|es|ing|ed|e)?(?: \w+ly)? down(?:wards?)?
        |(?:lower|drop|hang|bow)(?:s|ing|ped|ped)? {_HIS} (?:head|eyes|gaze)
        |(?:look|glanc|gaz|star)(?:s|es|ing|ed|e)? at (?:the (?:floor|ground)|(?:her|his|their) (?:shoes|feet|notes))
        |cast(?:s|ing)? down
        |(?:eyes|gaze|head)(?: \w+ly)? (?:drops?|falls?|down(?:cast)?|lowers?|lowered|bowed|hangs?
            |on the (?:floor|ground))
        |downcast eyes
        |star(?:es|ing) (?:down )?(?:at|into) {_HIS} (?:hands|feet|shoes|phone|plate|cup|coffee|drink|lap)
        |check(?:s|ing) {_HIS} (?:phone|notes|watch)|head (?:hung|in {_HIS} hands)|eyes? the floor
        """,
        r"""
        埋下?着?头|耷拉着?(?:头|脑袋)|(?:盯|看|望|瞅)着?(?:看)?(?:脚|鞋|手机|稿子|自己的[脚鞋手])
        |(?:盯|望|瞅)着?(?:地|桌面)|看(?:了?看|了?一?眼)?(?:手机|手表|稿子|地)|目光(?:落下|下移|下垂)
        |低(?:下|着)?了?头|垂下?了?头|垂眼|垂下?了?(?:眼睛|目光|眼帘|双眼)|低垂|看着?地(?:面|板|上)
        |(?:向|往|朝)下(?:方|面)?(?:看|望)
        """,
    ),
    entry(
        "action", "lean in", USUAL,
        r"""
        lean(?:s|ing|ed|t)?(?: \w+ly)? (?:in|forwards?|closer|towards?|over)|bend(?:s|ing)? (?:forwards?|closer)
        |mov(?:es|ing) closer to (?:the camera|us|the viewer)
        """,
        "前倾|凑近|凑过|凑到|探(?:过|出)?身|俯身|身体靠近|靠近(?:镜头|观众)",
    ),
    entry("action", "lean in", WEAK,
        r"whisper(?:s|ing|ed)?|tells? (?:\w+ )?(?:a )?secrets?|confid(?:es|ing)|conspiratorial(?:ly)?",
        "低声(?:细语|说|耳语)?|耳语|悄悄(?:地)?(?:说|话)|说悄悄话|透露秘密", 0.5),
    entry("action", "smile", WEAK, "smirk(?:s|ing)?|half-?smil(?:es?|ing)|mona lisa", r"似笑非笑|浅笑|抿嘴笑|嘴角上扬|冷笑|坏笑"),
    entry("action", "smile", USUAL, r"""
        corners? of (?:her|his|the|their) (?:mouth|lips) (?:\w+ )?(?:lifts?|curls?|turns? up|rises?|twitch\w*)
        |smil(?:es?|ing|ed|ingly)|grin(?:s|ning|ned)?|smiley
        """, r"嘴角[^,。;]{0,4}(?:上扬|扬起|翘起|上翘|勾起|弯起)|微笑|笑容|笑意|(?<!可)(?<!开玩)笑(?!话|声)"),
    entry("action", "smile", STRONG,
        "beam(?:s|ing|ed)?|big grin|broad smile|big smile|grin(?:s|ning)? from ear to ear|smiles? broadly|radiant(?:ly)?",
        "笑逐颜开|灿烂(?:地|的)?(?:微?笑容?)?|咧嘴(?:一?笑)?|合不拢嘴|笑得合不拢嘴|眉开眼笑|笑靥如花|满脸笑容"),
    entry(
        "action", "brow raise", USUAL,
        rf"""
        (?:rais|lift|arch|quirk|cock)(?:es|ing|ed|e|s)? (?:{_HIS} )*(?:left |right )?(?:eye-?)?brows?
        |(?:eye-?)?brows? (?:\w+ly )?(?:raised|up|shoots? up|goes up|rises|jumps?|rise|go up|lifted|arched)
        """,
        "挑了?挑?起?(?:一[边侧条根])?的?眉|扬了?扬?起?眉|抬起?眉|眉(?:毛|头)?(?:微微|轻轻|稍稍)?(?:上?扬起?|挑起|抬起|上挑)",
    ),
    entry("action", "blink", USUAL,
        r"blink(?:s|ing|ed)?|wink(?:s|ing|ed)?|bat(?:s|ting) (?:her|his|their) (?:eyes|eyelashes)",
        "眨了?一?下?眨?眼|眨动眼|使了?个?眼色"),
    entry("action", "sigh", USUAL, r"""
        sigh(?:s|ing|ed)?|exhal(?:es?|ing)|breath(?:es|ing|e) out
        |(?:lets?|letting|blows?) out (?:a|her|his) (?:\w+ )?(?:breath|cheeks)|puff(?:s|ing) out
        """, r"叹(?:了?口?|一?口)?(?:长|大)?气|唉|呼了?一?口气|长出一口气|叹息|长叹|叹道|呼出一口气"),
    entry("action", "wave", USUAL,
        r"""
        (?<!a big )(?<!a huge )wav(?:es?|ing|ed)(?! of| (?:comes?|crash|hits?|rolls?|breaks?)| in (?:her|his)
            | in the (?:sea|ocean|water|hair|wind|background|distance))
        |gives? (?:an?|the) (?:\w+ )?wave
        """,
        "挥了?挥?(?:动|舞)?(?:双|着)?手|招手|摆手告别|挥别"),
    entry("action", "wave", WEAK,
        "greet(?:s|ing)?|say(?:s|ing)? (?:goodbye|hi)|bid(?:s|ding)? farewell", "打招呼|问好|道别", 0.5),
    entry("action", "turn left", USUAL,
        r"turn(?:s|ing|ed)?(?: \w+ly)? (?:around )?(?:to (?:her|his|their|the) )?left(?: side)?",
        "向左转(?!头)|左转|转身向左"),
    entry("action", "turn right", USUAL,
        r"turn(?:s|ing|ed)?(?: \w+ly)? (?:around )?(?:to (?:her|his|their|the) )?right(?: side)?",
        "向右转(?!头)|右转|转身向右"),
    entry(
        "action", "raise both hands", USUAL,
        rf"""
        (?:rais|lift|throw|put|hold)(?:es|ing|ed|e|s)? (?:up )?(?:{_HIS} )*(?:two )?(?:hands|arms)
            (?: (?:up|in the air|high))?
        |hands (?:go |fly |shoot )?(?:up|in the air)|(?:arms|hands) (?:go|fly|shoot|thrown|up)(?: \w+)?
        |open(?:s|ing)? (?:her|his|their) arms|arms (?:raised|in the air|wide|spread|outstretched|out)
        |cheer(?:s|ing)? with (?:both|raised) (?:hands|arms)|spread(?:s|ing)? (?:her|his|their) arms
        """,
        r"""
        举双手|两手(?:一举|高举|举)|摊开双臂|张开(?:双手|手臂|胳膊)|(?:双臂|双手)(?:张开|打开|向上)
        |高?举起?(?:了)?(?:双手|双臂|两只手|手臂)|双手(?:高举|举起|举高)|张开双臂|抬起双手|举手欢呼
        """,
    ),
    entry("action", "fold arms", USUAL,
        rf"(?:fold|cross)(?:s|es|ing|ed)? (?:{_HIS} )*arms|arms (?:folded|crossed)|with (?:folded|crossed) arms",
        r"""
        抱胸|环抱双臂|环臂|双臂环|两手交叉|两臂交叉|抱(?:着|起)?(?:双|胳膊|手)臂?|双臂(?:交叉|抱胸|环抱)
        |双手(?:抱胸|交叉)|交叉双臂|抱臂|抱着胳膊|叉着?手
        """),
    entry("action", "point", USUAL, r"""
        (?:jab|wag)(?:s|bing|ging)? (?:a|her|his|their) finger|finger[- ]?point(?:s|ing)?
        |point(?:s|ing|ed)?(?: (?:at|to|towards?|forwards?|up|a finger)| (?:her|his|their) finger)?(?! of| out that)
        """,
        "指指点点|指手画脚|指(?:向|着|了指|了?一下|点)|用手指|伸手指"),
    entry("action", "shrug", USUAL,
        "shrug(?:s|ging|ged)?",
        r"耸(?:了?一?下|一耸)?双?肩|肩膀一耸|耸了?耸?肩|摊手|[双两]手一摊|摊开?[双两]手"),
    entry("action", "clap", USUAL,
        "clap(?:s|ping|ped)?|applau(?:ds|ding|d|se)",
        r"鼓(?:了?几?下|着)掌|拍(?:着|了几下|几下|起)手|击掌|鼓起?了?掌|拍了?拍?手|拍掌|喝彩"),
    entry("action", "bow", USUAL, r"""
        (?<!rain)(?<!el)bow(?:s|ing|ed)?(?: deeply)?(?! (?:her|his|their|the|tie))|tak(?:es|ing|e) a bow
        |curts(?:y|ies|eys?)
        """, r"鞠(?:了?一?个?|个)躬|弯腰(?:致[意谢]|行礼)|欠身|躬身|作揖|行礼"),
    entry("action", "take off glasses", USUAL, rf"""
        (?:tak|pull|slip)(?:es|ing|e|s)? (?:off )?{_HIS} (?:sun-?)?(?:glasses|spectacles)(?: off)?
        |remov(?:es|ing|e) {_HIS} (?:sun)?glasses
        """,
        "(?:摘|取|脱|拿)[下掉去]?了?(?:她的|他的)?(?:太阳|墨)?眼?镜"),
    entry("action", "drink", USUAL,
        r"swig(?:s|ging)?|gulp(?:s|ing)?|drink(?:s|ing)?|sip(?:s|ping)?|tak(?:es|ing|e) a (?:sip|gulp)|drank",
        "(?:抿|呷|啜)了?一?口|喝(?:了|着|几|两)?(?:一?口|杯)?(?:水|茶|咖啡|酒)?|抿了?一口"),
    entry("action", "hand over", USUAL, rf"""
        hand(?:s|ing|ed)? (?:over|{_WHOM} (?:a|an|the|over)\b{_THING}|(?:a|the|her|his|over) (?:\w+ ){{1,3}}to)
        |(?:pass|giv|offer)(?:es|e|s|ing)? {_WHOM} (?:a|an|the|her|his) (?:\w+ )?{_BOX}
        |(?:pass|giv|offer)(?:es|e|s|ing)? (?:a|an|the|her|his) (?:\w+ )?{_BOX} to\b
        """,
        rf"递(?:给|过|上|出|了)|交给|把[^,。;]{{1,6}}(?:递|交|送)?给|(?:送给?|给)(?:一?[个只位])?{MARKS}(?:一?[个份件])?\w{{0,3}}(?:盒子|礼物|包裹|东西)"),
    entry("action", "walk in", USUAL, r"""
        walk(?:s|ing|ed)?(?: \w+ly)? (?:in(?! (?:the |a |an |heavy |light )?(?:rain|snow|fog|wind|storm|dark|night
            |sun(?:shine)?|park|street|city|forest|woods|mountains|garden|field|desert|circles?)\b)|into|on ?stage|up)
        |(?:stroll|strid|wander|stroll|saunter|march|rush|burst)(?:s|es|ing|e)? (?:in|into|on)\b
        |enter(?:s|ing|ed)?(?! \w+ mode)|com(?:es|ing) in(?:to)?|step(?:s|ping) (?:in|into|forward)
        """,
        "(?:跑|冲|闯|迈)(?:了)?(?:进|上)|入画|入场|推门|走(?:了)?(?:进|上|入|过来)|进(?:门|来|屋)|登场|步入"),
    entry("action", "sit down", USUAL, r"""
        (?:plop|flop|slump|sink|drop)(?:s|ping|ing)? (?:down|(?:in|on)to (?:a|the|her|his) \w+)
        |sit(?:s|ting)? (?:back )?down|sat down|tak(?:es|ing|e) (?:a|her|his|their) (?:seat|chair|place)
        |seat(?:s|ing) (?:her|him|them)sel(?:f|ves)
        |sit(?:s|ting)? (?:alone |together )?(?:on|in) (?:an?|the|her|his|their) (?:\w+ )?
            (?:bench|chair|armchair|sofa|couch|stool|throne|rocking chair)
        """, "坐在(?:一[张把条])?(?:长椅|椅子|长凳|凳子|沙发|板凳)上?|一屁股坐|坐到|坐回|入座|坐(?:了)?下(?:来|了)?|坐了下来"
        "|落座|就座"),
    entry("action", "stand up", USUAL, r"""
        (?:stand|get|jump|leap|spring)(?:s|ting|ing)? (?:back )?(?:up(?! to)|to (?:her|his|their) feet)|stood (?:back )?up|got up
        |ris(?:es|ing) (?:from|to (?:her|his|their) feet)|(?:leaves|leaving) (?:her|his|their) (?:seat|chair)
        """, "站(?:了)?起来?|起身|站立起来"),
    entry("action", "dance", USUAL,
        r"groov(?:es|ing)|bopp?(?:s|ing)|danc(?:es?|ing|ed)|twirl(?:s|ing)?|sway(?:s|ing)? to the (?:music|beat)",
        "扭(?:动|起来)|摇摆|跟着(?:音乐|节奏|节拍)(?:摇|晃|扭|动)|跳(?:起|着|起了)?了?舞|起舞|翩翩|舞动"),
)  # fmt: skip
ENTRIES_OF_DEEDS = (*CAMERA_MOVES, *ACTIONS)
