"""Japanese, Korean, Spanish, German and French words for looks and places, each with the English that it reads. Data.

Lines as in `asian_languages` and `european_languages`; `<colour>` stands for each colour of the language's first lines.
"""

JAPANESE = """
<colour>:赤い?|赤茶?=red;黒い?=black;金|ブロンドの?=blond;青い?=blue;緑の?=green;黄色い?=yellow;白い?=white;茶色?の?=brown;灰色の?=grey
(?:<colour>)(?:髪|毛)=<colour> hair
(?:<colour>)(?:ひげ|髭|ヒゲ)=a <colour> beard
(?:<colour>)(?:シャツ|ブラウス)=a <colour> shirt
(?:<colour>)(?:パーカー)=a <colour> hoodie
(?:<colour>)(?:帽子)=a <colour> hat
(?:<colour>)服=<colour> clothes
(?:眼鏡|メガネ)(?:をかけていな|なし)=no glasses
眼鏡|メガネ=glasses
(?:ひげ|髭|ヒゲ)(?:のな|なし)=no beard
ひげ|髭|ヒゲ=a beard
長い髪|ロングヘア=long hair
短い髪|ショートヘア=short hair
巻き毛|カール=curly hair
シャツ=a shirt
帽子=a hat
海辺|浜辺|ビーチ=at the beach
公園=in a park
オフィス|会社=in an office
居間|リビング=in a living room
台所|キッチン=in a kitchen
雨=rain
夜=night
猫|ネコ=a cat
犬=a dog
老人|お年寄り=elderly
"""

KOREAN = """
<colour>:빨간|붉은=red;검은|검정|까만=black;금발|금색=blond;파란|푸른=blue;초록|녹색=green;노란=yellow;하얀|흰=white;갈색=brown;회색=grey
(?:<colour>)색? ?(?:머리)=<colour> hair
(?:<colour>)색? ?(?:수염)=a <colour> beard
(?:<colour>)색? ?(?:셔츠|블라우스)=a <colour> shirt
(?:<colour>)색? ?(?:후드)=a <colour> hoodie
(?:<colour>)색? ?(?:모자)=a <colour> hat
(?:<colour>)색? ?옷=<colour> clothes
금발=blond hair
안경 ?(?:없|안)=no glasses
안경=glasses
수염 ?(?:없|안)=no beard
수염=a beard
긴 ?머리=long hair
짧은 ?머리|단발=short hair
곱슬=curly hair
모자=a hat
해변|바닷가=at the beach
공원=in a park
사무실=in an office
거실=in a living room
부엌|주방=in a kitchen
고양이=a cat
노인=elderly
"""

SPANISH = """
<colour>:roj[oa]s?|pelirroj[oa]=red;negr[oa]s?=black;rubi[oa]s?=blond;azul(?:es)?=blue;verdes?=green;amarill[oa]s?=yellow;blanc[oa]s?=white;castañ[oa]s?|marr[oó]n(?:es)?=brown;gris(?:es)?=grey
(?:pelo|cabello) (?:largo )?(?:y )?(?:<colour>)=<colour> hair
barba (?:<colour>)=a <colour> beard
(?:camisa|camiseta|blusa) (?:<colour>)=a <colour> shirt
(?:sudadera) (?:<colour>)=a <colour> hoodie
(?:sombrero|gorra) (?:<colour>)=a <colour> hat
(?:pelo|cabello) largo=long hair
(?:pelo|cabello) corto=short hair
(?:pelo|cabello) rizado=curly hair
pelirroj[oa]=red hair
rubi[oa]=blond hair
gafas|lentes|anteojos=glasses
barba=a beard
camisa|camiseta=a shirt
sombrero|gorra=a hat
playa=at the beach
parque=in a park
oficina=in an office
salón|sala de estar=in a living room
cocina=in a kitchen
lluvia=rain
noche=night
gato=a cat
anciano|anciana|viej[oa]=elderly
"""

GERMAN = """
<colour>:rot(?:e[mnrs]?)?=red;schwarz(?:e[mnrs]?)?=black;blond(?:e[mnrs]?)?=blond;blau(?:e[mnrs]?)?=blue;grün(?:e[mnrs]?)?=green;gelb(?:e[mnrs]?)?=yellow;wei(?:ß|ss)(?:e[mnrs]?)?=white;braun(?:e[mnrs]?)?=brown;grau(?:e[mnrs]?)?=grey
(?:<colour>) (?:haare?n?)=<colour> hair
(?:<colour>) bart=a <colour> beard
(?:<colour>) (?:hemd|bluse|t-shirt)=a <colour> shirt
(?:<colour>) (?:kapuzenpulli|hoodie)=a <colour> hoodie
(?:<colour>) (?:hut|mütze)=a <colour> hat
(?:langen?|lange[mrs]) haare?n?=long hair
(?:kurzen?|kurze[mrs]) haare?n?=short hair
locken|lockige[mnrs]? haare?n?=curly hair
rothaarige[mnrs]?=red hair
blonde[mnrs]?=blond hair
brille=glasses
bart|vollbart=a beard
hemd=a shirt
hut|mütze=a hat
strand|meer=at the beach
park=in a park
büro=in an office
wohnzimmer=in a living room
küche=in a kitchen
regen=rain
nacht|nachts=night
katze=a cat
alte[mnrs]?=elderly
"""

FRENCH = """
<colour>:rouges?|roux|rousse=red;noire?s?=black;blonde?s?=blond;bleue?s?=blue;verte?s?=green;jaunes?=yellow;blanc(?:he)?s?=white;bruns?|marron=brown;grise?s?=grey
cheveux (?:longs )?(?:et )?(?:<colour>)=<colour> hair
barbe (?:<colour>)=a <colour> beard
(?:chemise|chemisier|tee-shirt) (?:<colour>)=a <colour> shirt
(?:sweat à capuche) (?:<colour>)=a <colour> hoodie
(?:chapeau|casquette) (?:<colour>)=a <colour> hat
cheveux longs=long hair
cheveux courts=short hair
cheveux (?:frisés|bouclés)=curly hair
roux|rousse=red hair
blonde?=blond hair
lunettes=glasses
barbe=a beard
chemise=a shirt
chapeau|casquette=a hat
plage=at the beach
parc=in a park
bureau=in an office
salon=in a living room
cuisine=in a kitchen
pluie=rain
nuit=night
chat=a cat
vieux|vieille|âgée?=elderly
"""
