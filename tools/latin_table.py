#!/usr/bin/env python3
"""tools/latin_table.py LATIN.csv WORDS.csv OUT.c – the table of the Latin script as C data.

data/kk_latin.csv names each Cyrillic letter's Latin of 2021 and what other tables write for it;
data/kk_latin_words.csv the stems of loan words that the way back cannot guess. Only data is made
here; the declarations are in src/lang/latin_table.h, the rules in src/lang/latin*.c.
"""
import csv
import sys


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def wide(text):
    """A char32_t string; escapes keep the file ASCII."""
    return 'U"' + "".join(c if c.isascii() else "\\U%08x" % ord(c) for c in text) + '"'


def main():
    letters, words = rows(sys.argv[1]), rows(sys.argv[2])
    latin = {r["cyrillic"]: r["latin"] for r in letters}
    out = ["/* Made by tools/latin_table.py: do not edit. */", '#include "lang/latin_table.h"', "",
           "const struct latin_letter latin_letters[] = {"]
    out += [f"\t{{ 0x{ord(r['cyrillic']):x}, {wide(r['latin'])} }},"
            for r in sorted(letters, key=lambda r: r["cyrillic"])]
    back = []
    for r in letters:
        for n, text in enumerate([r["latin"]] + [t for t in r["also"].split(";") if t]):
            if text:
                back.append((text, r["cyrillic"], n > 0))
    out += ["};", f"const size_t latin_nletters = {len(letters)};", "",
            "const struct latin_back latin_backs[] = {"]
    out += [f"\t{{ {wide(text)}, {len(text)}, 0x{ord(c):x}, {'true' if foreign else 'false'} }},"
            for text, c, foreign in sorted(back)]
    out += ["};", f"const size_t latin_nbacks = {len(back)};", "",
            "const struct latin_stem latin_stems[] = {"]
    for r in sorted(words, key=lambda r: ("".join(latin[c] for c in r["word"]), r["word"])):
        text = "".join(latin[c] for c in r["word"])
        out.append(f"\t{{ {wide(text)}, {wide(r['word'])}, {len(text)}, {len(r['word'])}, "
                   f"LATIN_{r['place'].upper()} }},")
    out += ["};", f"const size_t latin_nstems = {len(words)};", ""]
    with open(sys.argv[3], "w", encoding="utf-8") as f:
        f.write("\n".join(out))


if __name__ == "__main__":
    main()
