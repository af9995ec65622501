from workbook.diff import FileChange
from workbook.web.highlight import Span
from workbook.web.patch import Line, hunk, hunks, marked, of_change, paired, split, unified

PATCH = """\
diff --git a/x b/x
--- a/x
+++ b/x
@@ -1 +1,2 @@ def f():
 a
+b
@@ -10,2 +11 @@
-c
\\ No newline at end of file
""".splitlines(keepends=True)


def line(sign, text):
    return Line(sign, None, None, (Span(text),))


def written(row):
    """What stands on the left and on the right, with what is marked in brackets."""
    return tuple(each and "".join(map(bracketed, each.spans)) for each in row)


def bracketed(span):
    return f"[{span.text}]" if span.changed else span.text


def test_a_patch_is_cut_into_hunks():
    """Each has the numbers of its first lines; headers and git's own words are no lines of it."""
    assert list(hunks(PATCH)) == [((1, 1), [" a\n", "+b\n"]), ((10, 11), ["-c\n"])]
    assert list(hunks(PATCH[:3])) == []


def test_lines_keep_their_numbers_before_and_after():
    """What stayed has two numbers, what went and what came has one."""
    [found] = of_change(FileChange("x.txt", "a\nb\nc\n", "a\nc\nnew\n"))

    assert [
        [each and (each.sign, each.before, each.after) for each in row] for row in found.rows
    ] == [
        [(" ", 1, 1), (" ", 1, 1)],
        [("-", 2, None), None],
        [(" ", 3, 2), (" ", 3, 2)],
        [None, ("+", None, 3)],
    ]


def test_a_hunk_is_shown_in_one_column_and_in_two():
    """Where nothing came in a line's place there is a gap; lines without numbers show none."""
    found = hunk([" a", "-b"], [(Span("a"),), (Span("b"),)], [(Span("a"),)])

    columns = split(found)
    assert (
        unified(found)
        == columns.before
        == '<span class="line">a\n</span><del class="line">b\n</del>'
    )
    assert columns.after == '<span class="line">a\n</span><span class="line none">\n</span>'


def test_a_line_stands_beside_the_one_that_it_became():
    """Lines that are alike are paired in their order; what went or came alone is beside no match."""
    removed = [line("-", "import os"), line("-", "def index(request):")]
    added = [line("+", "# a page"), line("+", "def index(page):"), line("+", "    return page")]

    assert list(map(written, paired(removed, added))) == [
        ("import os", "# a page"),
        ("def index([request]):", "def index([page]):"),
        (None, "    return page"),
    ]


def test_the_words_that_differ_are_marked():
    """A mark may begin within a span, which keeps its style in each piece."""
    before = Line("-", 1, None, (Span("class", "k"), Span(" Chat(Sync):", "f")))
    after = Line("+", None, 1, (Span("class", "k"), Span(" Chat(Async):", "f")))

    ours, theirs = marked(before, after)

    assert written((ours, theirs)) == ("class Chat([Sync]):", "class Chat([Async]):")
    assert [span.style for span in ours.spans] == ["k", "f", "f", "f"]
