from workbook.web.highlight import Span, lines, numbered


def test_a_line_is_a_list_of_spans():
    """Neighbours of one style are one span, and what needs no colour has no style."""
    first, second = lines("x.py", 'if a:\n    b("c")\n')

    assert first == (Span("if", "k"), Span(" a:"))
    assert second == (Span("    b("), Span('"c"', "s"), Span(")"))


def test_every_line_is_kept():
    """Also empty ones, one without its newline, a string over two, and what is no text at all."""
    found = lines("x.py", '\n"""a\rb\nc"""\n\n\udcff')

    texts = ["".join(span.text for span in line) for line in found]
    assert texts == ["", '"""ab', 'c"""', "", "?"]
    assert lines("a.format-of-nobodys", "") == []


def test_a_lines_number_is_a_link_to_it():
    """What the file says is escaped."""
    html = numbered("x.txt", "a\n<b>\n")

    assert html.count('id="L2"') == html.count('href="#L2"') == 1
    assert html.endswith("</a>&lt;b&gt;\n</span>")
