"""Words about suicide open the page of help however they are put; ordinary words do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uitknop.guidance.help_actions import actions
from uitknop.guidance.own_words import speaks_of_suicide
from uitknop.guidance.practices import conditions, practices
from uitknop.instruments import official_instruments, own_instruments

OPENS = """
Ik denk aan zelfdoding
soms wil ik niet meer leven...
ZELFMOORD
Suïcidale gedachten
zelf moord
een eind, nee: een einde aan mijn leven
Ik denk NIET aan zelfdoding
was ik maar dood
ik wil er een eind aan maken
ik wil er een einde aan maken
Ik maak er een eind aan.
soms denk ik: ik maak er zelf een einde aan
een eind eraan maken
ik ga mijn leven beëindigen
ik wil sterven
ik zou willen sterven
ik wil gewoon dood
mag ik alsjeblieft dood
ik hoop dat ik doodga
laat me maar doodgaan
ik lig te denken aan de dood
ik zie het niet meer zitten
ik zie 't echt niet meer zitten
ik zie het leven niet meer zitten
ik wou dat ik er niet meer was
als ik er niet meer ben is het rustig
ik wil er niet meer zijn
ik zou er liever niet meer zijn
nooit meer wakker worden
ik hoop dat ik morgen niet wakker word
voor altijd slapen
iedereen is beter af als ik er niet ben
ze zijn beter af zonder mij
beter voor iedereen als ik er niet meer was
niemand zou me missen
het hoeft van mij niet meer
voor mij hoeft het niet meer
het hoeft niet meer voor mij
levensmoe
ik ben het leven zat
klaar met het leven
mijn leven is niets waard, niet de moeite waard
ik heb geen zin meer in het leven
waarom leef ik nog
ik wil niet meer verder
mezelf pijn doen
ik doe mezelf pijn
mezelf snijden
ik heb mijzelf gesneden
ik snij in mijn armen
mezelf iets aandoen
ik ben bang dat ik mezelf wat aandoe
mezelf ophangen
me van kant maken
voor de trein springen
ik spring voor de trein
ik wil van de brug springen
van het dak afspringen
met de auto tegen een boom rijden
een overdosis nemen
ik stap eruit, uit het leven
I want to die
I don't want to live; no, I want to end my life
I don’t want to be here any more
I want to end it all
just end it
I could take my life
do not want to be alive
I do not want to wake up any more
kms
I'm going to kill myself
cut myself again
self-harm
wish I was never born
wish I were dead
everyone would be better off without me
nobody would miss me
life is not worth living
no reason to live
jump in front of a train
jump off the bridge
thoughts of death
I hope I never wake up
tired of living
""".strip().splitlines()

DOES_NOT = """
doodmoe vandaag
het leven is zwaar
dead tired
de batterij is dood
I live here
🌧
ik was moe, want die nacht sliep ik niet
ik wil vandaag op tijd eten
ik kan niet meer zitten van de pijn
ik zie er niet uit
de klachten zijn er niet meer
vannacht niet meer wakker geweest, fijn
ik was aan het einde van de dag moe
aan het eind van de straat en terug
er komt een einde aan de vakantie
ik maak een wandeling aan het einde van de middag
pijn in mijn rug en been
ik doe rustig aan
ik heb mijn medicijnen genomen
de trein was vol en het was druk op de brug
ik spring morgen op de fiets
het gaat beter als ik slaap
minder werk, meer leven
ik leef nog van dag tot dag
mijn arm doet zeer
ik ben bang voor de toekomst
I walked 5 kms today
the end of the day was calm
I took my tablets
life is good at home
want to sleep
I woke up twice
better after a nap
ran for the bus
""".strip().splitlines()


@pytest.mark.parametrize("text", [*OPENS, "ik wil\nniet meer  leven", "een einde\taan mijn leven"])
def test_words_in_free_text_open_the_page(text: str) -> None:
    assert speaks_of_suicide(text)
    assert speaks_of_suicide(f"Hoi. {text.upper()} (sorry)")


@pytest.mark.parametrize("text", ["", *DOES_NOT])
def test_ordinary_words_do_not(text: str) -> None:
    assert not speaks_of_suicide(text)


@given(st.text(), st.text())
def test_words_around_it_do_not_hide_it(before: str, after: str) -> None:
    assert speaks_of_suicide(f"{before} zelfmoord {after}")


def test_no_code_of_ours_speaks_of_it_but_the_sign_itself() -> None:
    every = [*own_instruments(), *official_instruments()]
    codes = {f"{one.id}/{one.version}/{item.id} . {key}" for one in every for item in one.items for key in item.keys}
    codes |= {f"{one.id}/{one.version}/{item.id} . 1" for one in every for item in one.items}
    codes |= {*practices(), *conditions(), *(flag for action in actions().values() for flag in action.flags)}
    assert {code for code in codes if speaks_of_suicide(code)} == {"red_flags/1/signs . suicidality", "suicidality"}
