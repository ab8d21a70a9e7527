"""Words for who a drawn character is: women and men, children, animals, and roles that nobody on the stage is dressed for."""

from dramatis.director.pattern import Pattern
from dramatis.director.text.known import NAMES
from dramatis.director.text.lexicon.traits import Trait, trait


def _being(value: str, what: str, english: str, chinese: str) -> Trait:
    return trait("species", value, what, english, chinese)


BEINGS = (
    _being("nobody", "nobody", "not? (?:people|persons?|humans?)|(?:without|free of) people", "无人|没有人"),
    _being(
        "woman",
        "a woman",
        """
        wom[ae]n|lad(?:y|ies)|gals?|females?|mother|mum|mom|grand(?:mother|ma|mum)|granny|wife|sister|aunt|actress
        |hostess|business ?wom[ae]n|bride|housewife|waitress|mrs|madam|miss
        """,
        """
        女人|女士|女性|女子|妇女|太太|妈妈|母亲|奶奶|外婆|姥姥|姐姐|妹妹|阿姨|女主持人?|女演员|女老师|女(?!孩|童|巫|王)
        """,
    ),
    _being(
        "man",
        "a man",
        """
        m[ae]n|guys?|gentlem[ae]n|males?|father|dad|grand(?:father|pa|dad)|grandad|husband|brother|uncle|actor
        |bloke|dude|chap|groom|waiter|(?:fisher|post|milk|sales|camera|weather|handy|business) ?m[ae]n|mr|sir|lad
        """,
        "男人|老人(?!家)|男士|男性|男子|先生(?!气)|爸爸|父亲|爷爷|外公|姥爷|哥哥|弟弟|叔叔|老头|大叔|男主持人?|男演员|小伙子?|男(?!孩|童)",
    ),
    _being("girl", "a girl", "girls?|schoolgirl|(?:grand)?daughters?|niece", "女孩|孙女|女儿|小姑娘|姑娘|少女|女童"),
    _being("boy", "a boy", "boys?|schoolboy|(?:grand)?sons?|nephew", "男孩|孙子|儿子|少年|男童"),
    _being(
        "child", "a child", "child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|teen(?:ager)?s?", "(?<!女)(?<!男)孩子|小孩|儿童|婴儿|宝宝"
    ),
    _being("cat", "a cat", "cats?|kittens?|kitty", "(?<!熊)猫(?!头鹰)"),
    _being("bear", "a bear", "bears?|pandas?|(?:bear )?cubs?", "熊猫?"),
    _being("rabbit", "a rabbit", "rabbits?|bunn(?:y|ies)|hare", "兔子?"),
    _being("robot", "a robot", "robots?|android|cyborg", "机器人"),
    _being(
        "animal",
        "a dog",
        """
        dogs?|pupp(?:y|ies)|horses?|birds?|monkeys?|lions?|tigers?|pigs?|cows?|sheep|goats?|fox(?:es)?|wol(?:f|ves)
        |mouse|mice|parrots?|elephants?|penguins?|frogs?|owls?|dragons?|aliens?|monsters?|unicorns?|dinosaurs?|animals?
        """,
        """
        狗|马(?![上尾])|鸟|猴|狮子|老虎|猪|牛(?!仔)|羊(?!胡)|狐狸|狼|老鼠|鹦鹉|大象|企鹅|青蛙|猫头鹰|龙|外星人|怪物|恐龙
        """,
    ),
    _being("queen", "a queen", "police ?woman|queen|princess|witch|nun|mermaid|fairy|nurse", "护士|女巫|女王|公主|仙女"),
    _being("king", "a king", "police ?man|fireman|king|prince|wizard|monk|cowboy|pirate", "巫师|国王|王子|海盗|和尚"),
    _being(
        "role",
        "a soldier",
        """
        police officer|soldier|firefighter|astronaut|knight|clown|super-?hero|elf|vampire|zombie|ninja|samurai|angel|ghost
        |doctor|surgeon|chef|judge|pilot|ballerina|magician
        """,
        "警察|士兵|消防员|宇航员|骑士|小丑|超人|精灵|吸血鬼|忍者|武士|天使|医生|厨师|法官|飞行员|魔术师",
    ),
    _being(
        "person",
        "a person",
        """
        (?:(?:school)?teacher|professor|lecturer|scientist|(?:news ?|tv )?anchor|news ?reader|newscaster|reporter|journalist
            |presenter|narrator|singer|student|pupil|engineer|manager|coach|driver|farmer|baker|painter|artist|author|poet|lawyer
            |salesperson|shopkeeper|librarian|musician|dancer|guide|tourist|traveller|customer|client|guest|interviewer|scholar
            |(?:office )?worker|employee|clerk|secretary|boss|detective|suspect|sailor|thief|witness|inventor|explorer|gardener
            |mechanic|banker|candidate|speaker|lecturer)s?
        |friends|strangers|colleagues|people|persons
        """,
        "老板|侦探|嫌疑人|水手|小偷|上班族|员工|店主|(?<=[两三四]个)(?:朋友|人|同事)|老师|教授|科学家|主播|播音员|记者|主持人|歌手|学生|工程师|经理|教练|司机|农民|画家|作家|诗人|律师|店员|导游|游客|顾客|嘉宾",
    ),
)
"""Nouns for somebody; the first one of a prompt is the character."""
AGED = Pattern(r"\b(?:grand(?:ma|pa|mother|father|dad|mum)|granny|grandad|old)\b|爷爷|奶奶|外公|外婆|姥姥|姥爷|老头|老人|老太")
"""Names of old people."""
NAMED = Pattern(rf"\b(?:{NAMES})\b")
PRONOUNS = (
    _being("woman", "a woman", "she|her|hers|herself", "她"),
    _being("man", "a man", "he|him|his|himself", "他(?!们)"),
)
"""Words that say less surely who somebody is."""
STRANGER = "somebody else"
"""What is claimed of people and animals in the words for whom there is no room."""
