"""source.py – what the checkers of tools/ share: the files of the project and C without its prose."""
import os
import re
import subprocess


def files(*endings):
    """Paths that git keeps or would keep, sorted; the whole tree where git is absent."""
    git = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
                          "--exclude-standard"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         check=False)
    if git.returncode == 0:
        names = git.stdout.decode("utf-8").split("\0")
    else:
        names = [os.path.join(d, f)[2:] for d, _, fs in os.walk(".") for f in fs
                 if not re.search(r"/(\.git|node_modules|build[^/]*|var)(/|$)", d)]
    return sorted(n for n in set(names) if n.endswith(endings or "") and os.path.isfile(n))


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def blank(m):
    """Spaces for everything but line ends, so that line numbers stay."""
    return re.sub(r"[^\n]", " ", m.group(0))


def bare(text, strings=True):
    """C without comments and, if wished, with empty strings."""
    token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)

    def one(m):
        if m.group(0)[0] == "/":
            return blank(m)
        return m.group(0) if not strings else m.group(0)[0] + blank(m)[1:-1] + m.group(0)[-1]
    return token.sub(one, text)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def is_test(path):
    return path.endswith("_test.c") or path.startswith("test/")


def report(title, hard, soft=(), note=""):
    """Print the wishes, then the faults; the exit code."""
    for s in soft:
        print("wish:", s)
    for h in hard:
        print(h)
    print(f"{title}: {len(hard)} wrong" + (f", {len(soft)} wishes" if soft else "") + note)
    return 1 if hard else 0
