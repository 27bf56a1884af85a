"""Spelling tables for `normalize`: how people write when they type fast or hide a word."""

from __future__ import annotations

END = "."
"""The token that stands for the end of a sentence."""
NUMBER = "#"
"""The token that stands for a number below five."""
MANY = "##"
"""The token that stands for any other number: "20 pills" is not "2 pills"."""
NAMED_NUMBERS = frozenset({"911", "988"})
"""Numbers that are words."""
NUMBER_WORDS = frozenset(
    """
    five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen eighteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred hundreds dozen dozens cinco seis siete
    ocho nueve diez quince veinte treinta cuarenta cincuenta cien
    """.split()  # noqa: SIM905
)
"""Five and more, spelt out."""

_PLAIN = """
im: i am | iam: i am | ive: i have | id: i would | itll: it will | youre: you are
theyre: they are | weve: we have | youve: you have | hes: he is | shes: she is
its: it is | thats: that is | theres: there is | whats: what is | hows: how is
dont: do not | dnt: do not | doesnt: does not | didnt: did not | cant: can not
cannot: can not | cnt: can not | wont: will not | isnt: is not | arent: are not
wasnt: was not | werent: were not | couldnt: could not | shouldnt: should not
wouldnt: would not | havent: have not | hasnt: has not | hadnt: had not | aint: am not
neednt: need not | mustnt: must not | wanna: want to | wana: want to | wannna: want to
gonna: going to | gona: going to | gunna: going to | gna: going to | goin: going
gotta: got to | tryna: trying to | tryin: trying | finna: going to | boutta: about to
imma: i am going to | ima: i am going to | dunno: do not know | lemme: let me
outta: out of | oughta: ought to | hafta: have to | needa: need to | useta: used to
cuz: because | cos: because | coz: because | bc: because | bcuz: because | u: you
ur: your | r: are | n: and | w/o: without | w/out: without | w/: with
tmrw: tomorrow | tmr: tomorrow | tmw: tomorrow | tomorow: tomorrow | tommorow: tomorrow
2morrow: tomorrow | tonite: tonight | 2nite: tonight | 2night: tonight | 2day: today
sum1: someone | sm1: someone | some1: someone | every1: everyone | any1: anyone
rn: right now | nvr: never | b4: before | idk: i do not know | noone: nobody
everybody: everyone | somebody: someone | anybody: anyone | ppl: people | gf: girlfriend
bf: boyfriend | bff: friend | bestie: friend | wnat: want | wnt: want | wan: want
whant: want | wanto: want to | wantto: want to | kil: kill | kll: kill | kiil: kill
kilin: killing | killin: killing | kiling: killing | dieing: dying | diying: dying
dyin: dying | dei: die | d1e: die | mself: myself | meself: myself | mysel: myself
hiself: himself | hisself: himself | theirself: themself | selfharm: self harm
selfharming: self harming | selfharmed: self harmed | tho: though | thru: through
livin: living | bein: being | feelin: feeling | hurtin: hurting | cuttin: cutting
hangin: hanging | takin: taking | thinkin: thinking | givin: giving | luv: love
xq: porque | porq: porque | pq: porque | ke: que | q: que | kiero: quiero | bibir: vivir
nomas: no mas | pa: para | sucidal: suicidal | suisidal: suicidal | sucide: suicide
suiside: suicide | suacide: suicide | sueside: suicide | suicid: suicide | breath: breathe
suicidle: suicidal | nomore: no more | wnna: want to | wnana: want to | sooicidal: suicidal
suicidial: suicidal
killmyself: kill myself | dis: this | dat: that | lyfe: life | lyf: life
bout: about | abt: about | iwanna: i want to | iwant: i want | 4ever: forever | 4eva: forever
forevr: forever | w: with | wit: with | wanting2: wanting to | want2: want to | hav: have
wud: would | cud: could | shud: should | tn: tonight
2nght: tonight | tnite: tonight | medz: meds | sewerside: sewerslide
yall: you all | mum: mom | mommy: mom | daddy: dad | momma: mom | mama: mom
til: until | till: until | tonights: tonight is | shant: shall not | theyll: they will
youll: you will | theyd: they would | youd: you would | shouldve: should have | wouldve: would have
couldve: could have | cansao: cansado | cansaa: cansada | od'd: overdosed
alot: a lot | everyday: every day | alright: all right | thot: thought | thots: thoughts
"""

CONTRACTIONS: dict[str, tuple[str, ...]] = {
    short.strip(): tuple(long.split())
    for entry in _PLAIN.replace("\n", "|").split("|")
    if entry.strip()
    for short, long in [entry.split(":")]
}
"""One typed word to the words it stands for; apostrophes are dropped before the look-up."""

SUFFIXES: dict[str, tuple[str, ...]] = {
    "n't": ("not",),
    "'m": ("am",),
    "'ve": ("have",),
    "'re": ("are",),
    "'ll": ("will",),
    "'d": ("would",),
    "'s": ("is",),
}

PAIRS: dict[tuple[str, str], tuple[str, ...]] = {
    ("my", "self"): ("myself",),
    ("him", "self"): ("himself",),
    ("her", "self"): ("herself",),
    ("them", "selves"): ("themselves",),
    ("them", "self"): ("themself",),
    ("any", "more"): ("anymore",),
    ("any", "longer"): ("anymore",),
    ("no", "longer"): ("no", "longer"),
    ("good", "bye"): ("goodbye",),
    ("no", "one"): ("nobody",),
    ("every", "one"): ("everyone",),
    ("every", "body"): ("everyone",),
    ("some", "one"): ("someone",),
    ("any", "one"): ("anyone",),
    ("over", "dose"): ("overdose",),
    ("over", "dosed"): ("overdosed",),
    ("over", "dosing"): ("overdosing",),
    ("un", "alive"): ("unalive",),
    ("out", "live"): ("outlive",),
    ("kind", "of"): (),
    ("sort", "of"): (),
    ("me", "self"): ("myself",),
    **{
        ("ill", verb): ("i", "will", verb)
        for verb in ("be", "do", "end", "go", "jump", "kill", "make", "never", "not", "take")
    },
}
"""Two neighbouring words that people also write as one, or that say nothing here."""

FILLERS = frozenset(
    """
    just really so fucking fuckin freaking frickin effing fkn fking damn goddamn bloody
    literally honestly actually truly seriously genuinely basically kinda sorta lowkey highkey tbh
    ngl very simply completely absolutely totally desperately badly even ever probably definitely
    certainly surely quite pretty super extremely uh um er lol lmao omg pls plz please fr ong
    deadass
    """.split()  # noqa: SIM905
)
"""Words that never change what is meant; dropped, so that rules stay short."""

TO_VERBS = frozenset(
    """
    want wants wanted going need needs have ready used trying try like about got plan
    """.split()  # noqa: SIM905
)
"""Words after which a typed "2" means "to"."""

LEET: dict[str, str] = {
    "0": "o", "1": "il", "!": "il", "|": "li", "3": "e", "4": "a", "@": "a", "5": "s",
    "$": "s", "7": "t", "+": "t", "8": "b", "9": "g", "6": "g", "€": "e", "¡": "i",
}  # fmt: skip

CONFUSABLES = str.maketrans("аеорсухіѕԁјһӏ\u03bf\u03b9\u03b1\u03bd", "aeopcyxisdjhloiav")  # noqa: RUF001
"""Cyrillic and Greek letters that look Latin."""

SYMBOLS = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u2014\u2013\u00bf", " , "),
        "\u201c": '"', "\u201d": '"', "\u2026": ". ", "\n": " . ", "\r": " ", "&": " and ",
        "💀": " die ", "☠": " die ", "🔫": " gun ", "🔪": " knife ", "💊": " pills ",
    }
)  # fmt: skip
"""Signs that mean another sign or a word; a line break ends a sentence."""
