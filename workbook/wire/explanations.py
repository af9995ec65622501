"""What each kind of record means, for whoever asks: in both languages, and where to read on."""

from typing import Any, NamedTuple

from workbook import notes
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Passage
from workbook.wire.sayings import UPGRADE

Fact = dict[str, Any]
GLOSSARY = "glossary"


class Explanation(NamedTuple):
    """A few sentences; `passage` is a page of the notes and a heading on it, by its English anchor.

    `term` is what the glossary explains beside it.
    """

    says: Bilingual
    passage: str
    term: str

    @property
    def passages(self) -> list[dict[str, Passage]]:
        """By language, what the note has on it, and the glossary."""
        return [found(*self.passage.split("#")), found(GLOSSARY, self.term)]


def found(name: str, anchor: str) -> dict[str, Passage]:
    """The headings of both languages stand in the same order."""
    paths = {language: f"notes/{language}/{name}.md" for language in LANGUAGES}
    anchors = [heading.anchor for heading in notes.page(paths["en"]).headings]
    place = anchors.index(anchor)
    headings = {language: notes.page(path).headings[place] for language, path in paths.items()}
    return {
        language: Passage(paths[language], heading.anchor, heading.words)
        for language, heading in headings.items()
    }


def name(fact: Fact, cause: str) -> str:
    """Which of the explanations is that of a fact; `cause` is the kind of what led to a refusal."""
    match fact["kind"]:
        case "Asked":
            return "http-alone" if fact["upgrade"].lower() == UPGRADE else "request"
        case "Answered":
            return "answer" if fact["status"] < 400 else "no-page"
        case "Denied":
            return REFUSALS.get(cause, "refused")
        case "Frame":
            return "frame-in" if fact["came"] else "frame-out"
        case "Called":
            return call(fact)
        case "Taken":
            return taken(fact)
        case "Closed":
            return close(fact)
    return OTHERS[fact["kind"]]


def call(fact: Fact) -> str:
    if fact["full"]:
        return "full"
    if fact["error"]:
        return "call-failed"
    return "nobody" if fact["call"] == "group_send" and fact["reach"] == 0 else str(fact["call"])


def taken(fact: Fact) -> str:
    if fact["method"] is None:
        return "no-handler"
    return EVENTS.get(fact["type"], "event")


def close(fact: Fact) -> str:
    if not fact["opened"]:
        return "unopened"
    code: int = fact["code"]
    return CLOSES.get(code, "own-code" if 4000 <= code < 5000 else "close")


REFUSALS = {
    "Refused": "refused-origin",
    "Unrouted": "refused-route",
    "Taken": "refused-consumer",
    "Raised": "refused-error",
}
EVENTS = {
    "websocket.connect": "connect",
    "websocket.receive": "receive",
    "websocket.disconnect": "disconnect",
}
CLOSES = {1000: "closed", 1001: "left", 1005: "closed", 1006: "broken", 1011: "failed"}
OTHERS = {
    "Knocked": "handshake",
    "Opened": "opened",
    "Forgotten": "unawaited",
    "Raised": "exception",
    "Swallowed": "caught",
    "Lost": "lost",
    "Blocked": "blocked",
    "Crowded": "crowd",
    "Begun": "begun",
    "Ended": "ended",
}

EXPLANATIONS = {
    "request": Explanation(
        Bilingual(
            "A browser asks for a page over HTTP. It is answered once, and that is all: the server "
            "cannot say anything later. That is why a chat's page opens a WebSocket.",
            "يطلب متصفح صفحة عبر HTTP. يأتيه جواب واحد وينتهي الأمر، ولا يستطيع الخادم أن يقول "
            "شيئًا بعده. لهذا تفتح صفحة المحادثة اتصال WebSocket.",
        ),
        "01_setup#what-happens-when-i-press-enter",
        "websocket",
    ),
    "http-alone": Explanation(
        Bilingual(
            "A WebSocket begins as an HTTP request. Without `daphne` at the head of "
            "`INSTALLED_APPS`, `runserver` is Django's own server, which speaks only HTTP: no "
            "consumer ever hears of this.",
            "يبدأ اتصال WebSocket بطلب HTTP. إذا لم يكن `daphne` في أول `INSTALLED_APPS`، شغّل "
            "الأمر `runserver` خادم Django نفسه، وهو لا يتكلم إلا HTTP، فلا يصل الطلب إلى أي "
            "مستهلك.",
        ),
        "01_setup#put-daphne-first",
        "handshake",
    ),
    "answer": Explanation(
        Bilingual(
            "The server's one answer to a request, with its status: 200 is the page itself, and "
            "302 sends the browser to another address. With it the request is over.",
            "هذا جواب الخادم الوحيد عن الطلب ومعه رمز حالته: الرمز 200 هو الصفحة نفسها، والرمز 302 "
            "يرسل المتصفح إلى عنوان آخر. وبهذا ينتهي الطلب.",
        ),
        "01_setup#what-happens-when-i-press-enter",
        "asgi",
    ),
    "no-page": Explanation(
        Bilingual(
            "A status of 400 or more says that the page was not to be had. With 404 no route leads "
            "to the address, or the view found nothing there; with 500 an exception came out of "
            "the project.",
            "رمز الحالة 400 أو ما فوقه يعني أن الصفحة لم تُقدَّم. مع الرمز 404 لا مسار يؤدي إلى "
            "العنوان، أو لم تجد دالة العرض شيئًا. ومع الرمز 500 خرج استثناء من المشروع.",
        ),
        "01_setup#lead-the-address-to-the-view",
        "routing",
    ),
    "handshake": Explanation(
        Bilingual(
            "A WebSocket begins as an HTTP request that asks for more: keep this connection open, "
            "and let both sides speak. The browser says by itself from which page that comes, the "
            "Origin, and no page can forge it. By the Origin the guard in `mysite/asgi.py` decides "
            "whether this page may talk to the server at all, before any consumer hears of it.",
            "يبدأ اتصال WebSocket بطلب HTTP يريد أكثر من جواب: أن يبقى الاتصال مفتوحًا ويتكلم "
            "الطرفان. يذكر المتصفح بنفسه من أي صفحة جاء الطلب، وهذا هو المنشأ (Origin)، ولا تستطيع "
            "صفحة أن تزوّره. بالمنشأ يقرر الحارس في الملف `mysite/asgi.py` هل يُسمح لهذه الصفحة "
            "بأن تكلّم الخادم أصلًا، قبل أن يصل الطلب إلى أي مستهلك.",
        ),
        "03_echo_consumer#turn-away-pages-of-other-sites",
        "handshake",
    ),
    "opened": Explanation(
        Bilingual(
            "The consumer called `accept`, and the server agreed with status 101. From here on "
            "both sides may send frames whenever they like, until one of them closes.",
            "استدعى المستهلك الدالة `accept` فوافق الخادم بالرمز 101. من الآن يرسل كل طرف الإطارات "
            "متى شاء، إلى أن يغلق أحدهما الاتصال.",
        ),
        "03_echo_consumer#accept-the-connection",
        "websocket",
    ),
    "refused": Explanation(
        Bilingual(
            "The server did not agree: it answered the handshake with another status than 101, and "
            "no frame can travel. The page sees only that the connection did not open.",
            "لم يوافق الخادم: أجاب عن المصافحة برمز غير 101، فلا يُرسل أي إطار. ولا ترى الصفحة إلا "
            "أن الاتصال لم يُفتح.",
        ),
        "03_echo_consumer#accept-the-connection",
        "handshake",
    ),
    "refused-origin": Explanation(
        Bilingual(
            "The guard compares the host of the Origin with those that it lets in, and this one is "
            "not among them. Without the guard any page of the web could open a WebSocket to this "
            "server from its visitor's browser, and with the visitor's cookies.",
            "يقارن الحارس مضيف المنشأ بالأسماء المسموح بها، وهذا ليس منها. لولا الحارس لفتحت أي "
            "صفحة على الإنترنت اتصال WebSocket بهذا الخادم من متصفح زائرها، ومعه ملفات تعريف "
            "الارتباط التي تخص الزائر.",
        ),
        "03_echo_consumer#turn-away-pages-of-other-sites",
        "origin",
    ),
    "refused-route": Explanation(
        Bilingual(
            "No route for WebSockets fits this address, so there is no consumer to ask. The "
            "address that the page's JavaScript opens and the route in `chat/routing.py` have to "
            "agree in each character, the last slash too.",
            "لا يطابق هذا العنوانَ أي مسار لاتصالات WebSocket، فلا مستهلك يُسأل. يجب أن يتفق "
            "العنوان الذي تفتحه شيفرة JavaScript في الصفحة والمسار الذي في الملف `chat/routing.py` "
            "في كل رمز، حتى الشرطة المائلة الأخيرة.",
        ),
        "03_echo_consumer#lead-the-address-to-the-consumer",
        "routing",
    ),
    "refused-consumer": Explanation(
        Bilingual(
            "The consumer itself said no: it closed in place of calling `accept`. Where that is "
            "not meant, look for a path through `connect` that does not come to `accept`.",
            "المستهلك هو الذي رفض: أغلق الاتصال ولم يستدعِ `accept`. إذا لم يكن هذا مقصودًا، فابحث "
            "في الدالة `connect` عن طريق لا يصل إلى `accept`.",
        ),
        "03_echo_consumer#do-not-accept",
        "handshake",
    ),
    "refused-error": Explanation(
        Bilingual(
            "An exception came out of the project before anything was accepted, so the handshake "
            "is answered with an error. The exception and its line are a record of their own.",
            "خرج استثناء من المشروع قبل قبول الاتصال، فكان جواب المصافحة خطأ. وللاستثناء سطر خاص "
            "به هنا، فيه موضعه من الشيفرة.",
        ),
        "03_echo_consumer#accept-the-connection",
        "handshake",
    ),
    "frame-in": Explanation(
        Bilingual(
            "A frame is a piece of text or bytes on the open WebSocket. This one comes from the "
            "browser, and its own consumer gets it, in `receive`. Nobody else does: whether others "
            "hear of it is up to the consumer.",
            "الإطار قطعة من النص أو البايتات تنتقل عبر الاتصال المفتوح. جاء هذا الإطار من المتصفح، "
            "ويتلقّاه مستهلك هذا الاتصال في الدالة `receive`. لا يتلقّاه غيره: المستهلك هو الذي "
            "يقرر هل يصل إلى الآخرين.",
        ),
        "03_echo_consumer#send-back-what-comes-in",
        "frame",
    ),
    "frame-out": Explanation(
        Bilingual(
            "The consumer called its `send`: the frame goes to its own browser and to no other. In "
            "a room that hears everything, each consumer has sent to its own.",
            "استدعى المستهلك دالته `send`: يذهب الإطار إلى متصفح هذا المستهلك وحده. وإذا سمعت "
            "الغرفة كلها الرسالة، فقد أرسلها كل مستهلك إلى متصفحه.",
        ),
        "03_echo_consumer#send-back-what-comes-in",
        "frame",
    ),
    "group_add": Explanation(
        Bilingual(
            "`group_add` writes the name of a channel into a group: what is sent to the group from "
            "now on reaches this consumer too. It sends nothing, and tells nobody. It stands "
            "before `accept`, so that nothing is missed that is said in between.",
            "تكتب الدالة `group_add` اسم القناة في المجموعة: ما يُرسل إلى المجموعة من الآن يصل إلى "
            "هذا المستهلك أيضًا. لا تُرسل شيئًا ولا تُخبر أحدًا. وتأتي قبل `accept` كي لا يفوت "
            "المستهلكَ ما يُقال بينهما.",
        ),
        "04_channel_layer#join-the-group-before-you-accept",
        "group",
    ),
    "group_discard": Explanation(
        Bilingual(
            "`group_discard` takes the channel out of the group. Where it is missing, the name of "
            "a channel that nobody reads stays there, and each message is put into it.",
            "تُخرج الدالة `group_discard` القناة من المجموعة. وإذا غابت، بقي في المجموعة اسم قناة "
            "لا يقرؤها أحد، ووُضعت فيها كل رسالة.",
        ),
        "04_channel_layer#leave-the-group",
        "group",
    ),
    "group_send": Explanation(
        Bilingual(
            "`group_send` puts the event into the channel of each member of the group, the "
            "sender's own too if it is one, and is done. It sends nothing to any browser and waits "
            "for nobody: each consumer takes the event out of its channel and calls the method "
            "that `type` names, and only that method sends.",
            "تضع الدالة `group_send` الحدث في قناة كل عضو في المجموعة، ومنهم المرسل إن كان عضوًا، "
            "وبهذا ينتهي عملها. لا تُرسل شيئًا إلى أي متصفح ولا تنتظر أحدًا: يأخذ كل مستهلك الحدث "
            "من قناته ويستدعي الدالة التي تدلّ عليها قيمة `type`، وهذه الدالة وحدها هي التي ترسل.",
        ),
        "04_channel_layer#send-to-the-group",
        "broadcast",
    ),
    "nobody": Explanation(
        Bilingual(
            "The group has no member now, so the event goes nowhere, and it is not kept for those "
            "who come later. A group has members only while consumers are connected that called "
            "`group_add` with this very name.",
            "ليس في المجموعة عضو الآن، فلا يصل الحدث إلى أحد ولا يُحفظ لمن يأتي بعد ذلك. ليس "
            "للمجموعة أعضاء إلا المستهلكات المتصلة التي استدعت `group_add` بهذا الاسم نفسه.",
        ),
        "04_channel_layer#join-the-group-before-you-accept",
        "at-most-once",
    ),
    "send": Explanation(
        Bilingual(
            "`send` of the layer puts an event into one channel, whose name one has to know. It is "
            "not the consumer's own `send`, which goes to the browser.",
            "الدالة `send` في الطبقة تضع حدثًا في قناة واحدة، ويجب أن يُعرف اسمها. وليست هي دالة "
            "المستهلك `send` التي ترسل إلى المتصفح.",
        ),
        "04_channel_layer#how-the-parts-fit",
        "channel",
    ),
    "full": Explanation(
        Bilingual(
            "A channel holds only so many events, its capacity. If its consumer takes them out too "
            "slowly it is full, and what comes then is dropped: a layer promises each event at "
            "most once, and not that it comes.",
            "تتسع القناة لعدد محدود من الأحداث، وهذا العدد هو سعتها. إذا أبطأ المستهلك في أخذها "
            "امتلأت القناة وضاع ما يأتي بعد ذلك: تعد الطبقة بألا يصل الحدث أكثر من مرة، ولا تعد "
            "بأن يصل.",
        ),
        "04_channel_layer#make-room-for-a-burst",
        "capacity",
    ),
    "call-failed": Explanation(
        Bilingual(
            "The call itself raised an exception: the layer was not to be reached, or does not "
            "take what it was given. Nothing is known to have been sent.",
            "أطلق الاستدعاء نفسه استثناء: تعذّر الوصول إلى الطبقة، أو لم تقبل ما أُعطيت. ولا يُعرف "
            "أن شيئًا قد أُرسل.",
        ),
        "04_channel_layer#choose-a-channel-layer",
        "channel-layer",
    ),
    "connect": Explanation(
        Bilingual(
            "A route led here, and Channels made a consumer for this connection alone. Its "
            "`connect` decides: `accept` agrees to the handshake, `close` refuses it.",
            "أدى مسار إلى هنا، فأنشأت Channels مستهلكًا لهذا الاتصال وحده. تقرر دالته `connect`: "
            "الدالة `accept` تقبل المصافحة، والدالة `close` ترفضها.",
        ),
        "03_echo_consumer#accept-the-connection",
        "consumer",
    ),
    "receive": Explanation(
        Bilingual(
            "What a browser sends comes to the consumer as an event of the type "
            "`websocket.receive`. Channels calls the method that takes it, one at a time: the next "
            "event of this connection waits until the method is done.",
            "ما يرسله المتصفح يصل إلى المستهلك حدثًا نوعه `websocket.receive`. تستدعي Channels "
            "الدالة التي تتسلّمه، حدثًا بعد حدث: ينتظر الحدث التالي لهذا الاتصال إلى أن تنتهي "
            "الدالة.",
        ),
        "03_echo_consumer#send-back-what-comes-in",
        "event",
    ),
    "disconnect": Explanation(
        Bilingual(
            "The connection is over, whoever ended it, and nothing can be sent to this browser any "
            "more. `disconnect` is the place to tidy up, as by leaving the group.",
            "انتهى الاتصال أيًّا كان من أنهاه، ولا يمكن إرسال شيء إلى هذا المتصفح بعد الآن. الدالة "
            "`disconnect` هي مكان التنظيف بعده، مثل الخروج من المجموعة.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "event": Explanation(
        Bilingual(
            "The consumer took this event out of its channel. Its `type` names the method that "
            "Channels calls, with underscores for dots. The browser has heard nothing yet: for "
            "that the method has to `send`.",
            "أخذ المستهلك هذا الحدث من قناته. تدلّ قيمة `type` على الدالة التي تستدعيها "
            "Channels، وفي اسمها شرطة سفلية مكان كل نقطة. لم يسمع المتصفح شيئًا بعد: على "
            "الدالة أن تستدعي `send` لذلك.",
        ),
        "04_channel_layer#hand-the-event-to-the-browser",
        "handler",
    ),
    "no-handler": Explanation(
        Bilingual(
            "Channels looks for the method that the event's `type` names, and this consumer has "
            "none. That raises an exception, and the connection closes with 1011: in a group, the "
            "connection of each member whose consumer has no such method.",
            "تبحث Channels عن الدالة التي تدلّ عليها قيمة `type` في الحدث، وليس في هذا المستهلك "
            "دالة كهذه. فيُطلق استثناء ويُغلق الاتصال بالرمز 1011، وفي المجموعة يُغلق اتصال كل عضو "
            "ليس في مستهلكه هذه الدالة.",
        ),
        "04_channel_layer#send-an-event-that-nobody-handles",
        "handler",
    ),
    "closed": Explanation(
        Bilingual(
            "One side said that it is done, and the other agreed. 1000 is that; 1005 is what is "
            "noted where no code was given.",
            "قال أحد الطرفين إنه انتهى ووافقه الآخر. هذا معنى الرمز 1000، أما 1005 فيُسجَّل إذا لم "
            "يُذكر رمز.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "left": Explanation(
        Bilingual(
            "A browser closes with 1001 when its page is left or loaded anew, and a server when it "
            "ends. That is everyday: a page that connects again has a new WebSocket, and here a "
            "new letter.",
            "يغلق المتصفح الاتصال بالرمز 1001 إذا غادر المستخدم الصفحة أو أعاد تحميلها، ويغلقه "
            "الخادم به إذا توقف. هذا يحدث كل يوم: للصفحة التي تتصل من جديد اتصال جديد، وله هنا حرف "
            "جديد.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "broken": Explanation(
        Bilingual(
            "1006 is never sent. It is noted where a connection ends and nobody said so: a program "
            "was killed, the network went away, a laptop fell asleep. Of what was still under way "
            "nobody knows whether it came.",
            "لا يُرسل الرمز 1006 أبدًا. إنما يُسجَّل إذا انتهى الاتصال ولم يقل أحد إنه ينهيه: توقّف "
            "برنامج فجأة، أو انقطعت الشبكة، أو نام الحاسوب. وما كان في الطريق حينها لا يعرف أحد "
            "هل وصل.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "failed": Explanation(
        Bilingual(
            "An exception came out of the consumer, so the server ended the connection. To the "
            "browser it says 1011, that the fault is its own, and no more; the exception and its "
            "line are a record here, and the whole stands in the server's log.",
            "خرج استثناء من المستهلك فأنهى الخادم الاتصال. لا يقول للمتصفح إلا الرمز 1011، أي أن "
            "الخطأ من الخادم. وللاستثناء سطر هنا فيه موضعه، وتفصيله كله في سجلّ الخادم.",
        ),
        "03_echo_consumer#answer-a-bad-frame",
        "close-code",
    ),
    "own-code": Explanation(
        Bilingual(
            "The codes from 4000 to 4999 are the project's own: they mean what its author says. "
            "The page finds the code in the event of `onclose`, and can act by it.",
            "الرموز من 4000 إلى 4999 للمشروع نفسه: معناها ما يحدده كاتبه. تجد الصفحة الرمز في حدث "
            "`onclose` وتتصرف بحسبه.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "unopened": Explanation(
        Bilingual(
            "The handshake was never answered: `connect` neither accepted nor closed in time, or "
            "the browser did not wait for it. No frame travelled.",
            "لم يأتِ جواب عن المصافحة: لم تقبل الدالة `connect` الاتصال ولم تغلقه في الوقت "
            "المسموح، أو لم ينتظر المتصفح. ولم يُرسل أي إطار.",
        ),
        "03_echo_consumer#do-not-accept",
        "handshake",
    ),
    "close": Explanation(
        Bilingual(
            "The code says why a WebSocket ended. Those up to 2999 have their meaning from the "
            "standard, those from 3000 to 3999 belong to libraries, and 4000 to 4999 to projects.",
            "يبيّن الرمز سبب انتهاء الاتصال. الرموز حتى 2999 معناها في المعيار، ومن 3000 إلى 3999 "
            "للمكتبات، ومن 4000 إلى 4999 للمشاريع.",
        ),
        "03_echo_consumer#let-the-browser-leave",
        "close-code",
    ),
    "unawaited": Explanation(
        Bilingual(
            "To call an `async def` only makes a coroutine: work that waits to be done. It is "
            "`await` that has it done. Nobody awaited this one, so not a line of it ran, and no "
            "exception says so. Put `await` before the call, in a function that is itself an "
            "`async def`.",
            "استدعاء دالة معرّفة بالكلمتين `async def` لا يفعل إلا أن يُنشئ عملًا ينتظر التنفيذ. "
            "الكلمة `await` هي التي تنفّذه. هذا العمل لم ينتظره أحد، فلم يُنفَّذ منه سطر، ولا "
            "استثناء ينبّه إلى ذلك. ضع `await` قبل الاستدعاء، في دالة معرّفة هي أيضًا بالكلمتين "
            "`async def`.",
        ),
        "05_async#forget-the-await-before-group_send",
        "coroutine",
    ),
    "exception": Explanation(
        Bilingual(
            "This exception came out of the project, and nobody caught it: the connection or page "
            "that was being served is over. The line is the innermost of the project's own.",
            "خرج هذا الاستثناء من المشروع ولم يلتقطه أحد: انتهى ما كان يخدمه، اتصالًا كان أو صفحة. "
            "والسطر المذكور هو أعمق سطر بلغه التنفيذ في شيفرة المشروع نفسه.",
        ),
        "03_echo_consumer#read-the-message-with-care",
        "consumer",
    ),
    "caught": Explanation(
        Bilingual(
            "The project caught this exception itself, so it ended nothing. It is told here "
            "since an `except` that catches more than it should hides what went wrong.",
            "التقط المشروع هذا الاستثناء بنفسه فلم ينتهِ به شيء. وهو مذكور هنا لأن `except` إذا "
            "التقطت أكثر مما ينبغي أخفت الخطأ.",
        ),
        "03_echo_consumer#read-the-message-with-care",
        "consumer",
    ),
    "lost": Explanation(
        Bilingual(
            "A task went on beside the consumer and ended with an exception. Nobody awaits the "
            "task, so nobody is told, and what it was to do is not done.",
            "عملت مهمة إلى جانب المستهلك وانتهت باستثناء. لا ينتظر المهمةَ أحد، فلا يعلم به أحد، "
            "ولم يُنجَز ما كان عليها.",
        ),
        "05_async#keep-the-event-loop-free",
        "event-loop",
    ),
    "blocked": Explanation(
        Bilingual(
            "All consumers of an asynchronous server share one thread and its event loop. A call "
            "that waits without `await` stops the loop, and everybody who is connected waits "
            "along. `asyncio.sleep`, awaited, waits and lets the others go on.",
            "تشترك مستهلكات الخادم غير المتزامن كلها في خيط واحد وحلقة أحداثه. الاستدعاء الذي "
            "ينتظر بلا `await` يوقف الحلقة، فينتظر معه كل المتصلين. أما `asyncio.sleep` مع await "
            "فتنتظر وتدع غيرها يعمل.",
        ),
        "05_async#sleep-in-receive",
        "blocking-call",
    ),
    "crowd": Explanation(
        Bilingual(
            "More travels than anybody can read, and to tell of each would slow the server down. "
            "The wire shows some of it and counts the rest; the chat itself loses nothing by that.",
            "ينتقل أكثر مما يستطيع أحد أن يقرأه، وذكره كله يبطئ الخادم. لذلك يظهر هنا بعضه ويُعدّ "
            "الباقي، ولا تخسر المحادثة نفسها شيئًا بذلك.",
        ),
        "04_channel_layer#make-room-for-a-burst",
        "throughput",
    ),
    "begun": Explanation(
        Bilingual(
            "A process begins to serve the project. `runserver` begins another each time that a "
            "file of the project is saved; what a layer in memory knew is gone with the old one.",
            "تبدأ عملية تخدم المشروع. يبدأ الأمر `runserver` عملية أخرى كلما حُفظ ملف من المشروع، "
            "ويضيع مع القديمة ما كان في طبقة القنوات في الذاكرة.",
        ),
        "01_setup#try-it",
        "process",
    ),
    "ended": Explanation(
        Bilingual(
            "A process that served the project ends, and its WebSockets with it. The room's pages "
            "notice that and connect again by themselves, after a pause.",
            "تنتهي عملية كانت تخدم المشروع، وتنتهي معها اتصالات WebSocket التي لها. تلاحظ صفحات "
            "الغرفة ذلك وتتصل من جديد بنفسها بعد مهلة.",
        ),
        "02_room_view#connect-again-after-a-growing-pause",
        "process",
    ),
}
