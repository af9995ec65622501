"""What CodeMirror says of itself, in both languages; each key is its own English."""

from workbook.languages import Bilingual

EDITOR = {
    "Find": Bilingual("Find", "ابحث"),
    "Replace": Bilingual("Replace", "البديل"),
    "next": Bilingual("next", "التالي"),
    "previous": Bilingual("previous", "السابق"),
    "all": Bilingual("all", "الكل"),
    "match case": Bilingual("match case", "حالة الأحرف"),
    "regexp": Bilingual("regular expression", "تعبير نمطي"),
    "by word": Bilingual("whole words", "كلمات كاملة"),
    "replace": Bilingual("replace", "استبدل"),
    "replace all": Bilingual("replace all", "استبدل الكل"),
    "close": Bilingual("close", "أغلق"),
    "current match": Bilingual("current match", "الموضع الحالي"),
    "on line": Bilingual("on line", "في السطر"),
    "replaced $ matches": Bilingual("replaced: $", "عدد ما استُبدل: $"),
    "replaced match on line $": Bilingual("replaced on line $", "استُبدل ما في السطر $"),
    "Go to line": Bilingual("Go to line", "اذهب إلى السطر"),
    "go": Bilingual("go", "اذهب"),
    "Selection deleted": Bilingual("What was selected is deleted", "حُذف ما كان محدّدًا"),
    "Control character": Bilingual("Control character", "حرف تحكّم"),
    "Diagnostics": Bilingual("What the check says", "ما يقوله الاختبار"),
    "No diagnostics": Bilingual("The check says nothing here", "لا يقول الاختبار شيئًا هنا"),
    "$ unchanged lines": Bilingual("$ unchanged lines", "أسطر لم تتغيّر: $"),
}


def words(language: str) -> dict[str, str]:
    """All of it, in one language."""
    return {name: texts[language] for name, texts in EDITOR.items()}
