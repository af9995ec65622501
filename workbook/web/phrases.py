"""What the pages say around the notes, in both languages."""

PHRASES = {
    "workbook": {"en": "Channels Workbook", "ar": "دفتر Channels"},
    "purpose": {
        "en": "Build a chat server with Django Channels, in five steps.",
        "ar": "ابنِ خادم محادثة بمكتبة Django Channels، في خمس خطوات.",
    },
    "skip": {"en": "Skip to the text", "ar": "انتقل إلى النص"},
    "contents": {"en": "Contents", "ar": "المحتويات"},
    "steps": {"en": "Steps", "ar": "الخطوات"},
    "step": {"en": "Step", "ar": "الخطوة"},
    "parts": {"en": "Parts of this step", "ar": "أجزاء هذه الخطوة"},
    "language": {"en": "Language", "ar": "اللغة"},
    "theme": {"en": "Dark", "ar": "داكن"},
    "search": {"en": "Search", "ar": "ابحث"},
    "read": {"en": "Read", "ar": "اقرأ"},
    "code": {"en": "Code", "ar": "الشيفرة"},
    "changes": {"en": "Changes", "ar": "الفروق"},
    "try": {"en": "Try", "ar": "جرّب"},
    "check": {"en": "Check", "ar": "تحقّق"},
    "on_this_page": {"en": "On this page", "ar": "في هذه الصفحة"},
    "previous": {"en": "Before", "ar": "السابقة"},
    "next": {"en": "Next", "ar": "التالية"},
    "start_here": {"en": "Start here", "ar": "ابدأ من هنا"},
    "go_on": {"en": "Go on", "ar": "تابع"},
    "begun": {"en": "begun", "ar": "بدأتَها"},
    "passed": {"en": "passed", "ar": "اجتزتها"},
    "passed with hints": {"en": "passed with hints", "ar": "اجتزتها بتلميحات"},
    "passed with the solution": {"en": "passed with the solution", "ar": "اجتزتها بالحلّ"},
    "on_the_desk": {"en": "on the desk now", "ar": "على المكتب الآن"},
    "more": {"en": "Beside the steps", "ar": "إلى جانب الخطوات"},
    "heading_link": {"en": "Link to this heading", "ar": "رابط إلى هذا العنوان"},
    "copy": {"en": "Copy", "ar": "انسخ"},
    "copied": {"en": "Copied", "ar": "نُسخ"},
    "refused": {"en": "This is for the machine it runs on", "ar": "هذا للجهاز الذي يعمل عليه"},
    "refused_why": {
        "en": "Over the network the walkthrough can be read. Starting servers and running checks "
        "is left to whoever sits at the machine itself.",
        "ar": "يمكنك قراءة الدفتر عبر الشبكة. أما تشغيل الخوادم والتحقّق فلمن يجلس إلى الجهاز نفسه.",
    },
    "not_found": {"en": "There is no such page", "ar": "لا توجد صفحة كهذه"},
}


def phrases(language: str) -> dict[str, str]:
    """Every phrase, in one language."""
    return {name: texts[language] for name, texts in PHRASES.items()}
