"""The commonest small words of the languages of the news, by which most texts are told apart.

Written down from general knowledge of the languages. Some stand for competition only: without Danish words, Danish
would pass for Swedish. Catalan and Galician have just the words that Spanish and Portuguese lack. A word of several
languages counts for each of them, for so much less.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection

_WORDS = {
    "en": "the of and to in that is for on with as was by said has it from at be its are have will after his not",
    "fr": "le la les des du de et un une dans pour par sur que qui est au avec ce pas plus ont aux l d en a se son",
    "de": "der die das und in den von zu mit im für auf ist des dem ein eine nicht auch nach sich am an hat bei aus",
    "es": "el la los las de del y en que un una por con para se su al es más como a lo no fue ha sus entre",
    "it": "il di che la e le un una per con del della dei nel alla sono è gli non si i in da l lo al ha",
    "pt": "o os as a de do da dos das e em que um uma para com no na por não ao foi se mais à pelo",
    "nl": "de het een van en in op te dat voor met zijn is aan door niet ook naar die er als bij om werd",
    "id": "yang dan di dengan untuk dari pada ini itu dalam akan oleh tidak ke juga para adalah telah sebagai kata",
    "pl": "w i na z do się że jest o nie po dla przez od jak za to są oraz został ale ma",
    "sv": "och att det som en på är av för med den till har inte om ett de i från sig var när vid efter",
    "da": "og det en på er af for med den til har ikke om et de i fra sig var at der blev han efter som",
    "no": "og det en på er av for med den til har ikke om et de i fra seg var å som ble han etter ved",
    "tr": "ve bir bu ile için da de olarak olan daha en çok gibi sonra ise kadar oldu göre dedi iki",
    "ro": "și de în la a cu că pe din pentru care este un o nu au sa mai fost lui prin",
    "cs": "a v se na že je z s o do to pro jako po ve i k ale za by který podle jsou od",
    "sk": "a v sa na že je z s o do to pre ako po vo i k ale za by ktorý podľa sú od",
    "hu": "a az és hogy is nem egy volt meg ezt el csak már azt szerint mint be ki után de",
    "fi": "ja on ei se että oli hän ovat joka myös mutta kun sen mukaan ole tai kuin",
    "hr": "i u na je se da za od su koji s iz o ne kao što će bi to nije po prema",
    "sl": "in je v na za da se so z ki s po od ne bi kot pri tudi kar pa iz do",
    "ca": "els amb és dels seva va ha més aquest són també després però perquè fins",
    "gl": "unha non máis polo pola coa ós xa tamén dunha despois está",
    "sq": "të e në dhe për me nga që një është i së u më kjo ka u nuk si",
    "lt": "ir kad yra į iš su tai buvo už bei apie kaip ne po nuo dėl",
    "lv": "un ir ka ar no uz par kas lai arī bet tika pēc gan",
    "et": "ja on et ei see oli ka mis ning kui oma aga pärast seda",
    "sw": "ya na wa kwa ni katika za la kuwa hiyo cha huo wake alisema baada hii",
    "tl": "ang ng sa na mga at ay ni si para hindi ito kay nang",
    "vi": "và của là các trong cho với được không có người những này đã từ",
    "uz": "va bilan bu uchun ham bo‘lgan esa o‘z haqida",
    "ku": "û li ji bi ku de di ye jî bo di",
    "sr": "и у на је да се за од су који са из о не као што ће би то није",
    "ru": "и в на что с по не из за к о от для как это его он она после также при до но а году",
    "bg": "и на за от с да се ще е че при като по в до са не което ѝ бе той след или",
    "mk": "и на во од за се со да е дека што по ќе не како при до како беше тој",
    "uk": "і в на що з по не із за до від для як це його він вона після також при та у й",
    "hi": "है में के की का को और से ने पर हैं कि यह भी नहीं एक लिए कहा था ही तो इस",
    "mr": "आहे आणि या च्या व ते हे नाही की होते केली केले असून तर मध्ये म्हणाले आले",
    "ne": "छ र को मा ले का भने गरेको हरू भएको पनि गर्ने हो लाई तथा छन् एक",
}  # fmt: skip

_WORD = re.compile(r"[^\s.,;:!?।…\"'’‘“”«»()\[\]/|–—-]+")


def _worth() -> dict[str, tuple[tuple[str, float], ...]]:
    languages: dict[str, list[str]] = defaultdict(list)
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            languages[word].append(language)
    return {word: tuple((name, 1.0 / len(names)) for name in names) for word, names in languages.items()}


_WORTH = _worth()

ENOUGH, ENOUGH_AND_SAID = 3.0, 1.0
"""What a language's words must add up to, alone and when the page says it is that language."""
CLEARLY = 1.5
"""How many times the words of the next language."""
_MOST_TIMES = 2
"""A word counts no oftener: `d` in a table of results is no French."""


def by_small_words(text: str, hint: str | None, among: Collection[str]) -> str | None:
    """The language whose small words fill a text, when there are enough and no other comes near; else None."""
    found: dict[str, float] = defaultdict(float)
    for word, times in Counter(_WORD.findall(text.lower())).items():
        for language, worth in _WORTH.get(word, ()):
            found[language] += worth * min(times, _MOST_TIMES)
    ranked = sorted(found.items(), key=lambda entry: -entry[1])
    if not ranked:
        return None
    (name, most), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    enough = ENOUGH_AND_SAID if name == hint else ENOUGH
    return name if most >= enough and most >= CLEARLY * second and name in among else None
