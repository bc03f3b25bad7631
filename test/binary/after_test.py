"""after_test.py – photographs and calendars through the real program: a picture is made new in a process of its
own, the place is gone from it, guests see it when those in it agreed; a calendar that has not changed is not
sent again."""
import json
import os

import house
from house import check, same

CORPUS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "fuzz", "corpus", "picture")


def seed(name):
    with open(os.path.join(CORPUS, name), "rb") as f:
        return f.read()


def upload(c, event, content, media="image/jpeg", **fields):
    """Status and body of one file sent as multipart."""
    body = b"".join(b'--edge\r\nContent-Disposition: form-data; name="' + k.encode() + b'"\r\n\r\n' + v.encode()
                    + b"\r\n" for k, v in fields.items())
    body += (b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: '
             + media.encode() + b"\r\n\r\n" + content + b"\r\n--edge--\r\n")
    status, _, data = c.post(f"/api/v1/events/{event}/files", body, Content_Type="multipart/form-data; boundary=edge")
    return status, json.loads(data)


def bomb(side):
    """A small PNG that says it is side × side."""
    return house.png(side, b"\0" * 100000)


def test_photographs(room):
    """Taken, made new, kept from guests until those in it agreed, refused in words, backed up."""
    room.demo()
    s = room.serve()
    c, guest = s.client(room.token("clerk")), s.client()
    event = room.number("SELECT min(id) FROM event WHERE state = 'reported'")
    before = seed("jpeg")
    check(b"Exif" in before and b"GPS" in before, "the seed holds a place")
    for name, media in (("jpeg", "image/jpeg"), ("progressive", "image/jpeg"), ("png", "image/png"),
                        ("webp", "image/webp")):
        status, f = upload(c, event, seed(name), media, type="photo", consent="not_asked")
        same(status, 201, name)
        same(f["media"], "image/jpeg", name)
        same(guest.get(f"/kk/files/{f['id']}")[0], 404, "nobody was asked")
        status, head, data = c.get(f"/api/v1/files/{f['id']}/content")
        same(status, 200, name)
        check(data.startswith(b"\xff\xd8\xff") and b"GPS" not in data and b"Exif" not in data, name)
    status, f = upload(c, event, before, type="photo", consent="agreed")
    same(status, 201, "agreed")
    status, _, large = guest.get(f"/kk/files/{f['id']}")
    same(status, 200, "everybody sees it")
    status, _, small = guest.get(f"/kk/files/{f['id']}?small=1")
    same((status, small[:3]), (200, b"\xff\xd8\xff"), "a small one, too")
    check(b"GPS" not in large + small, "no place in what is handed out")
    # A scanned list stays as it came.
    status, f = upload(c, event, before, type="list")
    same(status, 201, "list")
    same(c.get(f"/api/v1/files/{f['id']}/content")[2], before, "the evidence is what it was")
    room.verify()
    out = os.path.join(room.dir, "copy.sqb")
    same(room.run("backup", out).returncode, 0, "backup")


def test_no_photographs(room):
    """What is none is refused in words, at once, and the server lives on."""
    room.demo()
    s = room.serve()
    c = s.client(room.token("clerk"))
    event = room.number("SELECT min(id) FROM event WHERE state = 'reported'")
    files = room.number("SELECT count(*) FROM file")
    jpeg = seed("jpeg")
    for what, content, media in (("words", b"not a picture at all", "image/jpeg"), ("cut", jpeg[:200], "image/jpeg"),
                                 ("another", seed("png"), "image/jpeg"), ("bomb", bomb(60000), "image/png"),
                                 ("large", bomb(12000), "image/png"), ("gif", b"GIF89a" + b"\0" * 40, "image/gif"),
                                 ("html", b"<html><script>1</script>", "text/html"),
                                 ("noise", b"\xff\xd8\xff" + os.urandom(4000), "image/jpeg")):
        status, answer = upload(c, event, content, media, type="photo", consent="agreed")
        same(status, 422, what)
        check("file" in json.dumps(answer), what, answer)
        s.alive()
    same(room.number("SELECT count(*) FROM file"), files, "nothing was stored")


def test_calendar_not_sent_again(room):
    """If-None-Match is answered with nothing until an event changes; HEAD has the length."""
    room.demo()
    s = room.serve()
    c = s.client()
    status, head, data = c.get("/calendar.ics")
    same(status, 200, "calendar")
    check(data.startswith(b"BEGIN:VCALENDAR\r\n") and data.endswith(b"END:VCALENDAR\r\n"), data[:60])
    check(all(len(line) <= 75 for line in data.split(b"\r\n")), "no line is longer than 75 octets")
    tag = head["etag"]
    status, _, nothing = c.get("/calendar.ics", If_None_Match=tag)
    same((status, nothing), (304, b""), "nothing has changed")
    same(c.ask("HEAD", "/calendar.ics")[0], 200, "HEAD")
    event = room.number("SELECT min(id) FROM event WHERE state = 'approved'")
    staff = s.client(room.token("clerk"))
    status, _, record = staff.get(f"/api/v1/events/{event}")
    record = json.loads(record)
    status = staff.patch(f"/api/v1/events/{event}", {"place": "Another place"}, If_Match=f'"{record["version"]}"',
                         Content_Type="application/json")[0]
    same(status, 200, "changed")
    status, head, data = c.get("/calendar.ics", If_None_Match=tag)
    same(status, 200, "sent again")
    check(b"Another place" in data and head["etag"] != tag, "with the change")


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
