"""What the code of a close means."""

from workbook.languages import Bilingual

CODES = {
    1000: Bilingual("a normal end", "نهاية عادية"),
    1001: Bilingual(
        "the page was left, or the server stopped", "غادر المستخدم الصفحة أو توقّف الخادم"
    ),
    1002: Bilingual(
        "something was no frame of a WebSocket", "وصل شيء ليس إطارًا من إطارات WebSocket"
    ),
    1003: Bilingual("data of this kind is not taken", "لا يُقبل هذا النوع من البيانات"),
    1005: Bilingual("no code was given", "لم يُذكر رمز"),
    1006: Bilingual("the connection broke, and nobody closed it", "انقطع الاتصال ولم يغلقه أحد"),
    1007: Bilingual("a text was not UTF-8", "وصل نص ليس بترميز UTF-8"),
    1008: Bilingual("a rule was broken", "خولفت قاعدة"),
    1009: Bilingual("a message was too large", "وصلت رسالة أكبر مما يُسمح به"),
    1010: Bilingual("an extension is missing", "ينقص امتداد طلبه المتصفح"),
    1011: Bilingual("an exception ended the consumer", "أنهى استثناء عمل المستهلك"),
    1012: Bilingual("the server restarts", "يُعاد تشغيل الخادم"),
    1013: Bilingual("the server has too much to do", "لدى الخادم عمل أكثر مما يطيق"),
    3000: Bilingual("whoever asks is not known", "صاحب الطلب غير معروف"),
    3003: Bilingual("whoever asks may not do so", "لا يُسمح لصاحب الطلب"),
    3008: Bilingual("it took too long", "طال الانتظار"),
}
OWN = Bilingual("a code of the project's own", "رمز يخصّ المشروع نفسه")
OF_LIBRARIES = Bilingual("a library's own code", "رمز يخصّ مكتبة")
UNKNOWN = Bilingual("a code that nobody has given a meaning", "رمز لم يُعطَ معنى")


def meaning(code: int) -> Bilingual:
    if code in CODES:
        return CODES[code]
    if 4000 <= code < 5000:
        return OWN
    return OF_LIBRARIES if 3000 <= code < 4000 else UNKNOWN
