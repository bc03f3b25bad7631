#!/usr/bin/env python3
"""What the door's page needs that no file holds as such; each is made at build from what it is drawn of.

  door_parts.py worker FROM OUT      the reader of QR codes as a file of its own: qr-scanner starts it from a text
                                     inside a module, which a policy without blob: forbids
  door_parts.py licences OUT FILE…   the licences of the libraries, one after the other
  door_parts.py icon SIZE FROM OUT   web/mark.svg as PNG on the ground of the house, for home screens: the marks of
                                     the drawing are strokes (circle, V, Q), so distance to a line is all it takes
"""
import math
import re
import struct
import sys
import zlib

GROUND, INK = (0xFA, 0xF7, 0xF0), (0x14, 0x22, 0x2C)
MARGIN = 0.72  # of the side: launchers cut a circle out of the square


def worker(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    begin, end = text.index("new Blob([`") + len("new Blob([`"), text.rindex("`])")
    body = text[begin:end]
    if re.search(r"(?<!\\)\$\{", body):
        sys.exit(f"door_parts: {path}: the text is computed, not plain")
    return re.sub(r"\\(.)", lambda m: m.group(1) if m.group(1) in "\\`$" else m.group(0), body)


def licences(paths):
    parts = []
    for p in paths:
        with open(p, encoding="utf-8") as f:
            parts.append(p.split("node_modules/")[-1].rsplit("/", 1)[0] + "\n\n" + f.read().strip() + "\n")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


def path_points(d):
    """M x y V y Q cx cy x y as polylines."""
    lines, at = [], (0.0, 0.0)
    words = re.findall(r"[MVQ]|-?[\d.]+", d)
    i = 0
    while i < len(words):
        word = words[i]
        if word == "M":
            at = (float(words[i + 1]), float(words[i + 2]))
            lines.append([at])
            i += 3
        elif word == "V":
            at = (at[0], float(words[i + 1]))
            lines[-1].append(at)
            i += 2
        elif word == "Q":
            c, to = (float(words[i + 1]), float(words[i + 2])), (float(words[i + 3]), float(words[i + 4]))
            for k in range(1, 25):
                t = k / 24
                lines[-1].append(tuple((1 - t) ** 2 * at[j] + 2 * t * (1 - t) * c[j] + t * t * to[j] for j in (0, 1)))
            at = to
            i += 5
        else:
            sys.exit(f"door_parts: {word} is not drawn here")
    return lines


def marks(svg):
    """Segments (x1, y1, x2, y2, half width) and rings (x, y, r, half width)."""
    width = float(re.search(r'<g [^>]*stroke-width="([\d.]+)"', svg).group(1)) / 2
    rings = [(float(x), float(y), float(r), float(w) / 2) for x, y, r, w in
             re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" stroke-width="([\d.]+)"', svg)]
    segments = []
    for angle, x, y, d in re.findall(r'<path transform="rotate\((-?[\d.]+) ([\d.]+) ([\d.]+)\)" d="([^"]+)"', svg):
        a, cx, cy = math.radians(float(angle)), float(x), float(y)
        for line in path_points(d):
            turned = [(cx + (px - cx) * math.cos(a) - (py - cy) * math.sin(a),
                       cy + (px - cx) * math.sin(a) + (py - cy) * math.cos(a)) for px, py in line]
            segments += [(*p, *q, width) for p, q in zip(turned, turned[1:])]
    if not rings or not segments:
        sys.exit("door_parts: the mark is drawn otherwise than expected")
    return segments, rings


def cover(distance, half, unit):
    return min(1.0, max(0.0, (half - distance) / unit + 0.5))


def icon(size, path):
    with open(path, encoding="utf-8") as f:
        segments, rings = marks(f.read())
    unit = 64 / (size * MARGIN)  # of the drawing, in one pixel
    off = (size - size * MARGIN) / 2
    ink = [[0.0] * size for _ in range(size)]

    def paint(x1, y1, x2, y2, value):
        for py in range(max(0, int(off + y1 / unit)), min(size, int(off + y2 / unit) + 2)):
            y = (py + 0.5 - off) * unit
            for px in range(max(0, int(off + x1 / unit)), min(size, int(off + x2 / unit) + 2)):
                c = value((px + 0.5 - off) * unit, y)
                if c > ink[py][px]:
                    ink[py][px] = c

    for x, y, r, half in rings:
        paint(x - r - half - 1, y - r - half - 1, x + r + half + 1, y + r + half + 1,
              lambda px, py, x=x, y=y, r=r, half=half: cover(abs(math.hypot(px - x, py - y) - r), half, unit))
    for x1, y1, x2, y2, half in segments:
        dx, dy = x2 - x1, y2 - y1
        long2 = dx * dx + dy * dy or 1e-9

        def near(px, py, x1=x1, y1=y1, dx=dx, dy=dy, long2=long2, half=half):
            t = min(1.0, max(0.0, ((px - x1) * dx + (py - y1) * dy) / long2))
            return cover(math.hypot(px - x1 - t * dx, py - y1 - t * dy), half, unit)
        paint(min(x1, x2) - half - 1, min(y1, y2) - half - 1, max(x1, x2) + half + 1, max(y1, y2) + half + 1, near)
    rows = bytearray()
    for line in ink:
        rows.append(0)
        for c in line:
            rows += bytes(round(g + (i - g) * c) for g, i in zip(GROUND, INK))

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b""))


def main():
    what, *rest = sys.argv[1:]
    if what == "worker":
        data, out = worker(rest[0]).encode(), rest[1]
    elif what == "licences":
        data, out = licences(rest[1:]).encode(), rest[0]
    elif what == "icon":
        data, out = icon(int(rest[0]), rest[1]), rest[2]
    else:
        sys.exit(__doc__)
    with open(out, "wb") as f:
        f.write(data)


if __name__ == "__main__":
    main()
