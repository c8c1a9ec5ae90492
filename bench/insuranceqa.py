"""Writes the test set of the archive `insuranceqa_data` as JSON: insuranceqa.py ARCHIVE OUT.

The answers of all sets are the documents, as in the package; a question is answered by those that it
names. Questions asked twice are one, with the answers of both.
"""

import argparse
import gzip
import json
import tarfile


def load(archive, name):
    """Reads a file of gzipped JSON."""
    (member,) = (member for member in archive.getmembers() if member.name.endswith(f"/{name}.json.gz"))
    with gzip.open(archive.extractfile(member)) as file:
        return json.load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("archive")
    parser.add_argument("out")
    options = parser.parse_args()
    with tarfile.open(options.archive) as archive:
        answers, questions = load(archive, "answers"), load(archive, "test")
    judged = {}
    for question in questions.values():
        ids = judged.setdefault(question["zh"].strip(), [])
        ids.extend(id for id in map(str, question["answers"]) if id not in ids)
    documents = [{"id": id, "text": answer["zh"].strip()} for id, answer in answers.items()]
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump({"documents": documents, "queries": judged}, file, ensure_ascii=False)


if __name__ == "__main__":
    main()
