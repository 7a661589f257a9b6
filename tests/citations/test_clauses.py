"""Which negations beside a quote reach it: those of its own clause, and not those of another."""

from __future__ import annotations

import pytest

from factledger.citations.cues import negation_cue

REACHED = [
    "He did not say that Ann was ill and was [poor].",
    "Oslo has not [taken a hard line].",
    "Oslo has not, according to Lima, [taken a hard line].",
    "Oslo has not, although asked, [taken a hard line].",
    "Oslo has not – as Lima claims – [taken a hard line].",
    "Oslo has not (so far) [taken a hard line].",
    "He denied that [he paid].",
    "He denied, before the court, that [he paid].",
    "[He paid], which is untrue.",
    "[He paid] – a claim that she denied.",
    "[He paid], which he denies.",
    "It is not true that [he paid].",
    "Nobody who was asked [signed the treaty].",
    "She refused to [sign the treaty].",
    "She did not pay and [sign the treaty].",
    "Oslo has not paid, or [signed the treaty].",
    "Neither Chile nor [Peru signed].",
    "Chile did not sign, nor did [Peru sign].",
    "[He was to come], but did not.",
    "[He was to come], but never came.",
    "[Oslo has] not taken a hard line.",
    "[The minister] did not come.",
    "[The minister], who was ill, did not come.",
    "Never before [had the two met].",
    "Not until 2019 did [the two meet].",
    "He did not visit Lima and [Quito].",
    "They failed to [sign the treaty].",
    "Without [signing the treaty], he left.",
    "Nothing shows that [he paid].",
    "No minister [visited Lima].",
    "In no case, he said, [did they pay].",
    "If he does not pay, [he leaves].",
    "He did not say when [he would sign].",
    "He did not visit the town where [he was born].",
    "She ruled out, again, [a visit to Lima].",
    "[He signed the treaty], she said, is false.",
    "[Lima paid], but that is not the case.",
    "It was not Oslo that [paid].",
    "He has not met Ann, who was ill, or [signed the treaty].",
    "He did not meet Bob and the minister who had [signed the treaty].",
    "[Ann] and Bob did not sign.",
    "[He said] that he had not paid.",
    "The treaty, which Oslo signed in May, was not [ratified by Lima].",
    "Officials did not confirm, when asked, whether [he paid].",
    "No evidence was found, the court said, that [he paid].",
    "He did not promise that, after the vote, [Oslo would pay].",
    "He never said that he had met Ann and that she [had paid him].",
    "The ministry did not say that Ann and Bob [had met].",
    "He denied Ann and Bob [had met].",
    "He did not visit Lima, Quito, and the town [destroyed in 2019].",
    "He did not, while premier, [sign the treaty].",
    "Never while in office did he [sign the treaty].",
    "He denied three things: that he had paid; that [he had met Ann].",
    "He denied, telling Ann so, that [he had paid].",
    "[Oslo signed] – this was never confirmed.",
    "[He has met Ann], as far as is known, never.",
    "[The two are] as yet not allies.",
    "[The two have] until now not met.",
    "[Oslo has] after two years not paid.",
    "[The minister of Lima] when asked did not answer.",
    "[The president], who took office in 2019, did not come.",
    "[He is said to have paid], which the court did not find.",
    "As premier he did not pay, in 2019, [the fee].",
    "It is untrue that Ann, who was ill, [had signed].",
    "Ann did not, as Bob had hoped, [sign the treaty].",
    "No one in Lima, where the talks were held, [had signed].",
    "[The treaty], which was signed in Lima, never entered into force.",
    "[He would resign], he said, if he were not paid, but did not.",
    "There was no sign that [Oslo would pay].",
    "He left without telling Ann that [he had signed].",
    "Not one minister [signed].",
    "[Oslo], however, did not sign.",
    "She has yet to [sign the treaty].",
    "[Lima has] no embassy in Oslo.",
    "Ann rejected reports that [she had paid].",
    "Ann, who lives in Lima, denied that [she had paid].",
]  # fmt: skip
APART = [
    "[He resigned], which nobody had foreseen.",
    "[He was named by the president], who did not come.",
    "Ann, who did not come, [was named minister].",
    "Although he did not come, [he was named minister].",
    "He did not come, but [he was named minister].",
    "[Oslo signed], but Lima did not sign it.",
    "[Oslo signed] although Lima did not want it.",
    "[Oslo signed]; Lima has not paid.",
    "Lima has not paid; [Oslo signed].",
    "Lima did not sign, and [Oslo left].",
    "Lima did not sign, and she [left].",
    "He did not go and she [stayed].",
    "[He took office in 2019], and has not visited Lima.",
    "[He took office in 2019] and has never visited Lima.",
    "Oslo has not paid, while [Lima has paid].",
    "He met the president, who had not been to Lima, and [signed the treaty].",
    "He did not meet the president, who [took office in 2019].",
    "The minister, not known for haste, [signed the treaty].",
    "[He visited Lima] without signing the treaty.",
    "[He visited Lima] instead of Quito.",
    "[He visited Lima] rather than Quito.",
    "Without a word, he [left the room].",
    "Instead of going to Lima, he [stayed in Oslo].",
    "[Ann was named minister], although nobody knew her.",
    "She rejected the offer, and [left for Lima].",
    "He never spoke of it, yet [he signed the treaty].",
    "[He resigned] because he was not paid.",
    "[He resigned], saying he had not been paid.",
    "He did not sign, saying that [he was ill].",
    "He said, without naming Ann, that [he would pay].",
    "Ann (not Bob) [signed the treaty].",
    "Ann – never a friend of Bob – [signed the treaty].",
    "He did not only talk: not least, [he signed].",
    "There is no doubt that [he paid].",
    "No fewer than 12 ministers [visited Lima].",
    "When he did not come, [she left].",
    "As the bank had not paid, [he was expelled].",
    "[The treaty was signed in Lima], where no minister of Oslo was seen.",
    "[He became premier in 2001], when nobody expected it.",
    "He does not speak Spanish and [visited Lima].",
    "[Ann is premier], whose party did not win.",
    "[Oslo pays], since Lima will not pay.",
    "He could not stay, so [he left].",
    "[He signed the treaty] after Lima had denied him a visa.",
    "He was never tried, although [he had confessed].",
    "[The premier resigned in May]; nobody took his place.",
    "He has not been seen since, but [he wrote to Ann].",
    "[He was born in Lima], where there was no school.",
    "She, who had never been abroad, [was sent to Oslo].",
    "[Oslo paid], while Lima refused to pay.",
    "Though not a member, Lima [was invited].",
    "[Ann was elected], but her party did not win a majority.",
    "He could not swim, and he [drowned in 2019].",
    "[The ship sailed], because the port was not closed.",
    "[Bob was sent to Lima], and Ann did not write to him.",
]  # fmt: skip
IN_DOUBT = [
    "Lima has not paid and Oslo has [left the union].",
    "[Ann signed the treaty], Bob did not.",
    "[Oslo signed], but Lima did not.",
    "[He wrote a book], which Ann did not like.",
    "He did not come because [he was ill].",
]


def marked(text: str) -> tuple[str, int, int]:
    """Return a text without the brackets around its quote, and where the quote stands."""
    before, quote, after = text.replace("]", "[").split("[")
    return before + quote + after, len(before), len(before + quote)


@pytest.mark.parametrize("sentence", REACHED)
def test_a_negation_of_the_same_clause_reaches_the_quote(sentence: str) -> None:
    """Also over what is put in between, and where it speaks of the quote as a whole."""
    assert negation_cue(*marked(sentence)) is not None


@pytest.mark.parametrize("sentence", APART)
def test_a_negation_of_another_clause_does_not_reach_the_quote(sentence: str) -> None:
    """The marks of the sentence part the two: what is quoted is said without it."""
    assert negation_cue(*marked(sentence)) is None


@pytest.mark.parametrize("sentence", IN_DOUBT)
def test_in_doubt_a_negation_reaches_the_quote(sentence: str) -> None:
    """A false alarm costs a field, a miss a false claim."""
    assert negation_cue(*marked(sentence)) is not None
