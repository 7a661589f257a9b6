"""English verbs: their past and their participle, and the verb to which such a form belongs."""

from __future__ import annotations

import re
from functools import cache

_IRREGULAR: dict[str, tuple[str, str]] = {  # verb: its past, its past participle
    "arise": ("arose", "arisen"), "be": ("was", "been"), "bear": ("bore", "borne"), "beat": ("beat", "beaten"),
    "become": ("became", "become"), "begin": ("began", "begun"), "bind": ("bound", "bound"),
    "break": ("broke", "broken"), "bring": ("brought", "brought"), "build": ("built", "built"),
    "buy": ("bought", "bought"), "catch": ("caught", "caught"), "choose": ("chose", "chosen"),
    "come": ("came", "come"), "cost": ("cost", "cost"), "cut": ("cut", "cut"), "deal": ("dealt", "dealt"),
    "do": ("did", "done"), "draw": ("drew", "drawn"), "drive": ("drove", "driven"), "fall": ("fell", "fallen"),
    "feed": ("fed", "fed"), "feel": ("felt", "felt"), "fight": ("fought", "fought"), "find": ("found", "found"),
    "fly": ("flew", "flown"), "forbid": ("forbade", "forbidden"), "get": ("got", "got"), "give": ("gave", "given"),
    "go": ("went", "gone"), "grow": ("grew", "grown"), "have": ("had", "had"), "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"), "hit": ("hit", "hit"), "hold": ("held", "held"), "keep": ("kept", "kept"),
    "know": ("knew", "known"), "lay": ("laid", "laid"), "lead": ("led", "led"), "leave": ("left", "left"),
    "lend": ("lent", "lent"), "let": ("let", "let"), "lie": ("lay", "lain"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "mean": ("meant", "meant"), "meet": ("met", "met"),
    "oversee": ("oversaw", "overseen"), "overthrow": ("overthrew", "overthrown"), "pay": ("paid", "paid"),
    "put": ("put", "put"), "read": ("read", "read"), "ride": ("rode", "ridden"), "rise": ("rose", "risen"),
    "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"), "seek": ("sought", "sought"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "set": ("set", "set"), "shoot": ("shot", "shot"),
    "show": ("showed", "shown"), "shut": ("shut", "shut"), "sit": ("sat", "sat"), "sleep": ("slept", "slept"),
    "speak": ("spoke", "spoken"), "spend": ("spent", "spent"), "split": ("split", "split"),
    "spread": ("spread", "spread"), "stand": ("stood", "stood"), "steal": ("stole", "stolen"),
    "strike": ("struck", "struck"), "swear": ("swore", "sworn"), "take": ("took", "taken"),
    "teach": ("taught", "taught"), "tell": ("told", "told"), "think": ("thought", "thought"),
    "throw": ("threw", "thrown"), "understand": ("understood", "understood"),
    "undertake": ("undertook", "undertaken"), "uphold": ("upheld", "upheld"), "wear": ("wore", "worn"),
    "win": ("won", "won"), "withdraw": ("withdrew", "withdrawn"), "withhold": ("withheld", "withheld"),
    "withstand": ("withstood", "withstood"), "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLING = frozenset({  # the last letter before "ed"
    "acquit", "admit", "ban", "bar", "cancel", "commit", "compel", "control", "drop", "expel", "kidnap", "label",
    "occur", "permit", "plan", "prefer", "rebel", "refer", "regret", "rob", "stop", "submit", "swap", "transfer",
    "trap", "travel",
})  # fmt: skip
# Verbs of news whose past is regular: of a form that is not known no verb is guessed.
_REGULAR = """
abdicate abolish abstain accept accuse acknowledge acquire acquit adjourn adopt agree allege allow annex
announce answer appeal appoint approach approve argue arm arrest arrive ask assassinate assist attack
attempt attend authorise award back ban bar base besiege bless block blockade bomb bombard boost boycott
brief burn cancel capture carry cause cease cede celebrate challenge change charge claim close collapse
combine command commemorate commission commit compel complain complete concede conclude condemn confirm
conquer consider consult continue contribute control convene convict cooperate create criticise cross
crown declare decline defeat defend delay deliver demand demonstrate deny deploy deport depose describe
design destroy detain develop die discover discuss dismiss dispatch dissolve divorce donate double draft
drop elect embrace employ enact encourage end endorse enter establish evacuate exchange execute exempt
expand expel expire explain export express extend extradite fail file finance fine finish fire form
found free fund gain govern grant guarantee halt hand happen help hire host identify implement import
impose imprison improve inaugurate include increase inform inherit injure inspect install intervene
interview introduce invade invest investigate invite invoke issue jail join judge kidnap kill land last
launch leak legalise lift limit locate lower maintain manage march marry mediate merge mobilise monitor
move murder name nationalise negotiate nominate notify obtain occupy occur offer open operate oppose
order organise oust own pardon participate pass pave permit plan pledge postpone praise prefer prepare
present preside prevent privatise produce promise promote propose protect protest prove provide publish
punish purchase question raise ratify reach recall receive recognise recommend record recover recruit
reduce refer refuse regain register reject release relocate remain remove rename renew repeal repeat
replace report represent request rescue resign resist resolve respond restore restrict resume retire
retreat return reveal reverse review revoke reward rob rule sack sail sanction search secure seize
sentence separate serve settle shell sign sponsor stage start state stay stop strengthen study
submit succeed sue supply support suppress surrender suspend swap target test testify threaten topple
torture tour trade train transfer transport travel treat trigger try turn unite unveil urge use
vandalise veto violate visit vote wait want warn welcome widen work wound
"""
_NO_VERB = frozenset(
    [
        "always",
        "sometimes",
        "perhaps",
        "thus",
        "besides",
        "nowadays",
        "as",
        "was",
        "is",
        "has",
        "does",
        "had",
        "did",
    ]  # or that help one
)


def past(verb: str) -> str:
    """Return a verb in the simple past, "be" as of one.

    >>> [past(verb) for verb in ("take", "give", "occupy", "work")]
    ['took', 'gave', 'occupied', 'worked']
    """
    return _IRREGULAR[verb][0] if verb in _IRREGULAR else _with_ed(verb)


def participle(verb: str) -> str:
    """Return the past participle of a verb.

    >>> [participle(verb) for verb in ("be", "take", "recognise", "occupy", "work")]
    ['been', 'taken', 'recognised', 'occupied', 'worked']
    """
    return _IRREGULAR[verb][1] if verb in _IRREGULAR else _with_ed(verb)


def _with_ed(verb: str) -> str:
    if re.search("[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ed"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def base_of_past(word: str) -> str | None:
    """Return the verb of which a word is the past, None where it is of no verb that is known.

    >>> base_of_past("opened"), base_of_past("withdrew"), base_of_past("operated"), base_of_past("zorped")
    ('open', 'withdraw', 'operate', None)
    """
    return None if word in _NO_VERB else _pasts().get(word)


def base_of_present(word: str) -> str | None:
    """Return the verb of which a word is the third person, None where it is none.

    >>> base_of_present("owns"), base_of_present("carries"), base_of_present("passes"), base_of_present("always")
    ('own', 'carry', 'pass', None)
    """
    if not re.fullmatch("[a-z]+[^s]s", word) or word in _NO_VERB:
        return None
    if re.search("(?:ss|sh|ch|x|zz|[^aeiou]o)es$", word):
        return word[:-2]
    return f"{word[:-3]}y" if re.search("..[^aeiou]ies$", word) else word[:-1]


@cache
def _pasts() -> dict[str, str]:
    return {past(verb): verb for verb in (*_REGULAR.split(), *_IRREGULAR)}
