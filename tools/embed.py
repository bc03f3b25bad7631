#!/usr/bin/env python3
"""Turn files into C tables of bytes: the binary holds its pages' dress, schema, lists and languages.

  embed.py --assets OUT.c FILE…           struct asset assets[]: hashed paths, gzip and brotli made
                                          here once, so that the server never compresses them
  embed.py --blobs SYMBOL OUT.c [--dir DIR --ext .sql --depfile D] [NAME=]FILE…
                                          struct blob SYMBOL[]: plain bytes, NUL behind the last

Both tables are declared in web/assets.h. Only data is generated, never logic. A style sheet names
files by their logical name, url(ornament.svg); here it becomes the hashed address, so every
address may be cached for ever. A module names others as '@asset/NAME', './FILE' or by its package
(--module SPECIFIER=NAME); here these become hashed addresses too, the innermost first. Output depends on the input alone (no times, no paths).
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zlib

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".png": "image/png",
}
SQUEEZED = {".css", ".js", ".mjs", ".svg", ".txt"}


def gzip(data):
    """A gzip member without name and time: the same bytes on every machine's build of one zlib."""
    z = zlib.compressobj(9, zlib.DEFLATED, 31)
    return z.compress(data) + z.flush()


def brotli(data):
    if shutil.which("brotli") is None:
        return b""
    return subprocess.run(["brotli", "-q", "11", "-c", "-"], input=data, stdout=subprocess.PIPE,
                          check=True).stdout


def smaller(packed, data):
    return packed if 0 < len(packed) < len(data) else b""


def c_string(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_bytes(out, name, data, end_nul=False):
    """One array; an empty one gets a single 0 that no size counts."""
    body = data + b"\0" if end_nul or not data else data
    out.append(f"static const unsigned char {name}[{len(body)}] = {{")
    for at in range(0, len(body), 24):
        out.append("\t" + ",".join(str(b) for b in body[at:at + 24]) + ",")
    out.append("};")


def split_name(arg):
    """[NAME=]FILE → (logical name, path)"""
    name, eq, path = arg.partition("=")
    return (name, path) if eq else (os.path.basename(arg), arg)


class Asset:
    def __init__(self, name, data):
        self.name, self.data = name, data
        self.stem, self.ext = os.path.splitext(name)
        if self.ext not in TYPES:
            sys.exit(f"embed.py: {name}: no media type for '{self.ext}'")

    def finish(self):
        self.hash = hashlib.sha256(self.data).hexdigest()
        self.path = f"/static/{self.stem}.{self.hash[:8]}{self.ext}"
        packed = self.ext in SQUEEZED
        self.gz = smaller(gzip(self.data), self.data) if packed else b""
        self.br = smaller(brotli(self.data), self.data) if packed else b""


def rewrite_urls(css, by_name):
    def one(m):
        name = m.group(1).decode()
        if name.startswith(("#", "data:", "/")):
            return m.group(0)
        if name not in by_name:
            sys.exit(f"embed.py: {css.name}: url({name}) is not among the embedded files")
        return b"url(" + by_name[name].path.encode() + b")"
    css.data = re.sub(rb"url\(([^)\"']+)\)", one, css.data)


# from '…', import '…', import('…') of a name that begins with a letter, @ or ./
IMPORT = re.compile(rb"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(@?[\w./-]+)\2""")
NAMED = re.compile(rb"""(["'])@asset/([\w.-]+)\1""")
COMMENT = re.compile(rb"/\*.*?\*/|^\s*//[^\n]*", re.S | re.M)


def rewrite_modules(assets, by_name, modules):
    """Finish the scripts, those first that name no unfinished one. A ring of imports has no hashes."""
    open_ = [a for a in assets if a.ext in (".js", ".mjs")]
    by_file = {os.path.basename(a.name): a for a in assets}

    def target(spec, of):
        name = modules.get(spec) or os.path.basename(spec)
        if name not in by_file and name not in by_name:
            sys.exit(f"embed.py: {of.name}: {spec} is not among the embedded files")
        return by_name.get(name) or by_file[name]

    def needs(a):
        return ([target(m.group(3).decode(), a) for m in IMPORT.finditer(a.data)] +
                [target(m.group(2).decode(), a) for m in NAMED.finditer(a.data)])

    for a in open_:
        if a.raw:
            continue
        a.data = COMMENT.sub(b"", a.data)
    while open_:
        ready = [a for a in open_ if a.raw or all(t not in open_ for t in needs(a))]
        if not ready:
            sys.exit("embed.py: modules name each other in a ring: " + " ".join(a.name for a in open_))
        for a in ready:
            if not a.raw:
                def one(m, a=a):
                    return m.group(1) + b'"' + target(m.group(3).decode(), a).path.encode() + b'"'
                a.data = IMPORT.sub(one, a.data)
                a.data = NAMED.sub(lambda m, a=a: b'"' + target(m.group(2).decode(), a).path.encode() + b'"', a.data)
            a.finish()
        open_ = [a for a in open_ if a not in ready]


def read_assets(files, modules, raw):
    assets = []
    for arg in files:
        name, path = split_name(arg)
        with open(path, "rb") as f:
            assets.append(Asset(name, f.read()))
    by_name = {a.name: a for a in assets}
    if len(by_name) != len(assets):
        sys.exit("embed.py: two files with one name")
    for a in assets:
        a.raw = a.name in raw
        if a.ext not in (".css", ".js", ".mjs"):
            a.finish()
    rewrite_modules(assets, by_name, modules)
    for a in assets:
        if a.ext == ".css":
            rewrite_urls(a, by_name)
            a.finish()
    return sorted(assets, key=lambda a: a.path.encode())


def write_assets(files, modules, raw):
    out = ["/* Made by tools/embed.py: do not edit. */", '#include "web/assets.h"', ""]
    rows = []
    for i, a in enumerate(read_assets(files, modules, raw)):
        cells = []
        for kind, data in (("d", a.data), ("g", a.gz), ("b", a.br)):
            if data or kind == "d":
                c_bytes(out, f"{kind}{i}", data)
                cells.append(f"{kind}{i}, {len(data)}")
            else:
                cells.append("NULL, 0")
        rows.append(f"\t{{ {c_string(a.name)}, {c_string(a.path)}, {c_string(TYPES[a.ext])},\n"
                    f"\t  {', '.join(cells)}, {c_string(chr(34) + a.hash[:16] + chr(34))} }},")
    out += ["", "const struct asset assets[] = {"] + rows
    out += ["\t{ 0 },", "};", f"const size_t nassets = {len(rows)};", ""]
    return "\n".join(out)


def write_blobs(symbol, files):
    out = ["/* Made by tools/embed.py: do not edit. */", '#include "web/assets.h"', ""]
    rows = []
    for i, (name, path) in enumerate(sorted(split_name(f) for f in files)):
        with open(path, "rb") as f:
            data = f.read()
        c_bytes(out, f"d{i}", data, end_nul=True)
        rows.append(f"\t{{ {c_string(name)}, d{i}, {len(data)} }},")
    out += ["", f"const struct blob {symbol}[] = {{"] + rows
    out += ["\t{ 0 },", "};", f"const size_t n{symbol} = {len(rows)};", ""]
    return "\n".join(out)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--assets", metavar="OUT")
    p.add_argument("--blobs", nargs=2, metavar=("SYMBOL", "OUT"))
    p.add_argument("--dir", help="take every file of this folder, too")
    p.add_argument("--ext", help="… whose name ends so")
    p.add_argument("--depfile", help="tell ninja what was read, the folder itself included")
    p.add_argument("--module", action="append", default=[], metavar="SPECIFIER=NAME")
    p.add_argument("--raw", action="append", default=[], metavar="NAME", help="a script that is taken as it is")
    p.add_argument("files", nargs="*")
    a = p.parse_intermixed_args()
    files = list(a.files)
    if a.dir:
        files += sorted(os.path.join(a.dir, n) for n in os.listdir(a.dir) if n.endswith(a.ext or "")
                        and (a.ext != ".sql" or n[0].isdigit()))  # migrations have numbers
    if a.assets:
        path, text = a.assets, write_assets(files, dict(m.split("=", 1) for m in a.module), a.raw)
    elif a.blobs:
        path, text = a.blobs[1], write_blobs(a.blobs[0], files)
    else:
        p.error("--assets or --blobs")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    if a.depfile:
        deps = ([a.dir] if a.dir else []) + [split_name(f)[1] for f in files]
        with open(a.depfile, "w", encoding="utf-8") as f:
            f.write(path.replace(" ", "\\ ") + ": " + " ".join(d.replace(" ", "\\ ") for d in deps) + "\n")


if __name__ == "__main__":
    main()
