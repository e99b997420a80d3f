"""What no sentence says, in either language; the lists are held against themselves in tests/test_words.py."""

from __future__ import annotations

import re

CONDITION = r"(pem|me|cvs|me/cvs|me/cfs|cfs|burn-?out|long covid|depressi\w+)"
NEVER_NL = {
    "a diagnosis": [
        rf"\b(u|je|jij) (heeft|hebt) (een |last van )?{CONDITION}\b",
        r"\bu heeft\b",
        r"diagnos\w*",
        r"screening op\b",
    ],
    "a verdict on the body": [r"zenuwstelsel is", r"uw cellen", r"bijnier\w*", r"ontregeld\b", r"digital twin"],
    "a promise": [r"gene[ez]\w*", r"bewezen effectief", r"definitief", r"behandelplan", r"therapie", r"hersteld van"],
    "doom": [r"gaat niet (meer )?over\b", r"risico op (een )?(crash|terugval)", r"alarm", r"gevaar"],
    "false safety": [r"(je|u) bent veilig", r"bent (je|u) veilig", r"veilig om te", r"(geen|zonder) risico"],
    "blame": [
        *(r"tussen de oren", r"niet psychisch", r"puur lichamelijk", r"eigen schuld"),
        *(r"(had|hadden) (u|je) moeten", r"(u|je) moet\b"),
    ],
    "judgement": [
        *(r"slechte?\b", r"mislukt\w*", r"gefaald\b", r"prima\b", r"perfect\w*"),
        r"goede? (rust|nacht|slaap|herstel)",
        r"(genoeg|voldoende|onvoldoende|te weinig) (rust|herstel|slaap)\b",
        r"(rust|herstel|slaap)\w* (was|is) (niet )?(goed|slecht|genoeg|voldoende)\b",
    ],
    "a game": [
        *(r"streak", r"dagen op rij", r"scores?\b", r"punten (verdiend|gehaald)", r"beloning", r"medaille", r"badge"),
        *(r"doel (gehaald|bereikt)", r"goed gedaan", r"volhouden"),
    ],
    "comparison": [r"dan (anderen|gemiddeld|andere mensen|leeftijdgenoten)"],
}
NEVER_EN = {
    "a diagnosis": [rf"you have (a |an )?{CONDITION}\b", r"diagnos\w*", r"screen(ing|s)? for\b"],
    "a verdict on the body": [r"nervous system is", r"your cells", r"adrenal", r"dysregulated", r"digital twin"],
    "a promise": [
        *(r"cure[sd]?\b", r"heal(s|ed|ing)?\b", r"proven (effective|to)", r"treatment plan", r"therap(y|ies)\b"),
        *(r"rid of your", r"restores you"),
    ],
    "doom": [r"wo(n't| not) go away", r"will not go away", r"risk of (a )?(crash|relapse)", r"alarm", r"danger"],
    "false safety": [r"you('re| are) safe", r"safe to\b", r"(no|without) risk", r"risk-free"],
    "blame": [
        *(r"in your head", r"not psychological", r"purely physical", r"your (own )?fault"),
        *(r"you should have", r"you must\b"),
    ],
    "judgement": [
        *(r"bad(ly)?\b", r"poor(ly)?\b", r"fail(ed|ure)\b", r"perfect\b", r"good (rest|night|sleep|recovery)"),
        r"(enough|sufficient|insufficient) (rest|recovery|sleep)\b",
        r"(rest|recovery|sleep) (was|is) (not )?(good|bad|enough|poor)\b",
    ],
    "a game": [
        *(r"streak", r"days in a row", r"scores?\b", r"points (earned|won)", r"reward", r"medal", r"badge"),
        *(r"goal (reached|met)", r"well done", r"keep it up"),
    ],
    "comparison": [r"than (others|average|other people|people your age)", r"compared (with|to) others"],
}
NEVER = {"nl": NEVER_NL, "en": NEVER_EN}
MAY_BE_SAID = {
    "nl": r"uitknop diagnose\b|geen (medische )?diagnose|stelt geen diagnose\w*|niet om een diagnose",
    "en": r"uitknop diagnose\b|no diagnosis|not a diagnosis|does not diagnose|diagnoses nothing|never diagnoses?",
}


def not_to_be_said(text: str, language: str) -> list[str]:
    """Which kinds of forbidden words a text holds."""
    rest = re.sub(MAY_BE_SAID[language], "", " ".join(text.split()), flags=re.IGNORECASE)
    return [
        kind
        for kind, patterns in NEVER[language].items()
        if any(re.search(rf"\b{pattern}", rest, flags=re.IGNORECASE) for pattern in patterns)
    ]
