"""What can be asked of the workbook, in words of make, and what each of them does."""

from workbook.languages import Bilingual

MENU = {
    "step-3": Bilingual("a step's card", "بطاقة الخطوة"),
    "step-3 run": Bilingual("its chat, in the browser", "محادثتها في المتصفح"),
    "step-3 test": Bilingual("its suite", "حزمة اختباراتها"),
    "step-3 diff": Bilingual("what it changes", "ما تغيّره"),
    "step-3 start": Bilingual("begin its exercise", "ابدأ تمرينها"),
    "step-5 run SERVERS=2 LAYER=redis": Bilingual(
        "two servers that share a Redis", "خادمان يشتركان في Redis واحد"
    ),
    "diff FROM=2 TO=5": Bilingual("what lies between any two steps", "الفروق بين أي خطوتين"),
    "check": Bilingual("check the exercise in work", "اختبر ما في مجلد التمرين"),
    "watch": Bilingual("check it on every save", "اختبره عند كل حفظ"),
    "hint": Bilingual("the next hint", "التلميح التالي"),
    "run": Bilingual("serve it", "شغّله"),
    "diff": Bilingual("what is left to do", "ما بقي عليك"),
    "solve": Bilingual("put the solution there", "ضع الحلّ في مجلد التمرين"),
    "saved": Bilingual("what was saved of work", "ما حُفظ من مجلد التمرين"),
    "restore": Bilingual("bring the newest back", "أعد أحدث ما حُفظ"),
    "walkthrough": Bilingual("the workbook, in the browser", "الدفتر في المتصفح"),
    "site": Bilingual("the workbook, as files for any server", "الدفتر ملفاتٍ يقدّمها أي خادم"),
    "notes": Bilingual("what is to be mended in the notes", "ما يلزم إصلاحه في الشروح"),
    "test": Bilingual("everything, proved", "اختبارات الدفتر كلها"),
    "pages": Bilingual("the pages, state by state", "صفحات الدفتر في كل أحوالها"),
    "lint": Bilingual("the code's style and types", "أسلوب الشيفرة وأنواع القيم فيها"),
    "format": Bilingual("the code, laid out anew", "تنسيق الشيفرة"),
    "gate": Bilingual(
        "each known mistake, in others' code and in pairs",
        "كل خطأ معروف، في شيفرة الآخرين ومع خطأ ثانٍ",
    ),
    "bench": Bilingual("everything, measured", "قياس كل شيء"),
    "matrix": Bilingual(
        "the suites, on every Python of this machine", "حزم الاختبارات على كل Python في هذا الجهاز"
    ),
}
OF_THE_DESK = ["check", "watch", "hint", "run", "diff", "solve"]
OPTIONS = {
    "run PORT=8001": Bilingual("another port", "منفذ آخر"),
    "run HOST=0.0.0.0": Bilingual("for the whole network", "للشبكة كلها"),
    "step-5 run SERVERS=2": Bilingual(
        "several servers, on ports in a row", "عدة خوادم على منافذ متتالية"
    ),
    "step-5 run LAYER=redis": Bilingual(
        "where the groups are kept: memory or redis", "مكان حفظ المجموعات: memory أو redis"
    ),
    "run WIRE=1": Bilingual("what travels, line by line", "ما ينتقل سطرًا سطرًا"),
    "check TRACEBACK=1": Bilingual("the failure in full", "الخطأ كاملًا"),
    "check JSON=1": Bilingual("the records, for other tools", "السجلات لأدوات أخرى"),
    "restore SAVE=name": Bilingual("a certain save", "محفوظ بعينه"),
    "saved KEEP=5": Bilingual(
        "the newest five stay, the others are removed", "تبقى أحدث خمسة ويُحذف غيرها"
    ),
    "notes TRANSLATED=page": Bilingual(
        "an Arabic page is up to date now", "الصفحة العربية محدَّثة الآن"
    ),
}


def of_the_step(name: str) -> dict[str, Bilingual]:
    """The commands of one step."""
    return {
        words.replace("step-3", name): meaning
        for words, meaning in MENU.items()
        if words.startswith("step-3 ")
    }


def of_the_desk() -> dict[str, Bilingual]:
    return {words: MENU[words] for words in OF_THE_DESK}
