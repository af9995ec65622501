"""What is said of a fact, in both languages."""

from collections.abc import Callable
from typing import Any, NamedTuple

from workbook.languages import Bilingual, bilingual
from workbook.wire.codes import meaning

Fact = dict[str, Any]
LONGEST = 160  # letters of a text
LONGEST_NAME = 24  # of a group's
MOST_ROUTES = 5  # that are named: Django's admin has more than twenty
UPGRADE = "websocket"
REQUEST_IS_WRONG = Bilingual("the request is no handshake", "ليس الطلب مصافحة صحيحة")
NO_ANSWER = Bilingual("the consumer did not answer in time", "لم يجب المستهلك في الوقت المسموح")
CHANNELS = Bilingual("Channels itself", "مكتبة Channels نفسها")
LOST_CALLS = {
    "group_send": Bilingual("the room hears nothing", "لا تسمع الغرفة شيئًا"),
    "group_add": Bilingual("the group has no new member", "لا يدخل المجموعةَ عضو جديد"),
    "group_discard": Bilingual("the group keeps its member", "يبقى العضو في المجموعة"),
    "accept": Bilingual("the handshake waits", "تبقى المصافحة معلّقة"),
    "close": Bilingual("the connection stays open", "يبقى الاتصال مفتوحًا"),
    "send": Bilingual("nothing is sent", "لا يُرسل شيء"),
}
NEVER_RAN = Bilingual("it never ran", "لم تُنفَّذ أصلًا")


class Around(NamedTuple):
    """What is known around a fact: the WebSocket's name, what came before, and all channels'."""

    name: str
    why: Bilingual | None
    names: dict[str, str]


def asked(fact: Fact, _: Around) -> Bilingual:
    what = f"{fact['method']} {fact['path']}"
    if fact["upgrade"].lower() == UPGRADE:
        return Bilingual(
            f"asks for a WebSocket by `{what}`; this server is not Daphne, and speaks only HTTP",
            f"يصل الطلب `{what}` لفتح WebSocket، ولا يتكلم هذا الخادم إلا HTTP لأنه بلا Daphne",
        )
    return Bilingual(f"asks for `{what}`", f"يصل الطلب `{what}`")


def answered(fact: Fact, around: Around) -> Bilingual:
    what, status, size = f"{fact['method']} {fact['path']}", fact["status"], fact["size"]
    milliseconds = round(1000 * fact["seconds"])
    why = because(around.why if fact["status"] >= 400 else None)
    return Bilingual(
        f"answers `{what}` with {status}, {size} bytes, in {milliseconds} ms{why.en}",
        f"يجيب عن `{what}` بالرمز {status}، عدد البايتات {size}، في {milliseconds} ms{why.ar}",
    )


def because(why: Bilingual | None) -> Bilingual:
    return Bilingual(f": {why.en}", f"، والسبب: {why.ar}") if why else bilingual("")


def knocked(fact: Fact, _: Around) -> Bilingual:
    if fact["origin"] is None:
        return Bilingual(
            f"asks for a WebSocket at `{fact['path']}` and names no Origin",
            f"تطلب اتصال WebSocket على العنوان `{fact['path']}` ولا تذكر المنشأ (Origin)",
        )
    return Bilingual(
        f"asks for a WebSocket at `{fact['path']}` from the Origin `{fact['origin']}`",
        f"تطلب اتصال WebSocket على العنوان `{fact['path']}` من المنشأ `{fact['origin']}`",
    )


def opened(_: Fact, __: Around) -> Bilingual:
    return Bilingual(
        "accepts: the handshake is done, frames can travel",
        "يقبل الاتصال: تمّت المصافحة، ويمكن إرسال الإطارات",
    )


def denied(fact: Fact, around: Around) -> Bilingual:
    why = around.why or REQUEST_IS_WRONG
    return Bilingual(
        f"refuses the handshake with {fact['status']}: {why.en}",
        f"يرفض المصافحة بالرمز {fact['status']}، والسبب: {why.ar}",
    )


def frame(fact: Fact, _: Around) -> Bilingual:
    size = fact["size"]
    if fact["text"] is None:
        return Bilingual(f"a frame that is no text, {size} B", f"إطار ليس نصًّا، عدد بايتاته {size}")
    text = cut(fact["text"])
    return Bilingual(f"the frame `{text}`, {size} B", f"الإطار `{text}`، عدد بايتاته {size}")


def cut(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def called(fact: Fact, around: Around) -> Bilingual:
    by = name_of(fact["by"])
    if fact["full"] or fact["error"]:
        by = by_whom(fact["by"])
    what, then = object_of(fact, around), outcome(fact, around)
    return Bilingual(
        f"{by.en} calls `{fact['call']}` {what.en}{then.en}",
        f"تستدعي {by.ar} الدالة `{fact['call']}` {what.ar}{then.ar}",
    )


def name_of(by: Fact | None) -> Bilingual:
    """The function that made a call."""
    if by is None:
        return CHANNELS
    return Bilingual(f"`{by['function']}`", f"الدالة `{by['function']}`")


def by_whom(by: Fact | None) -> Bilingual:
    """The function that made a call, and its line: what a sentence begins with."""
    if by is None:
        return CHANNELS
    where = out_of(by)
    return Bilingual(where.en + ",", where.ar + "،")


def out_of(by: Fact | None) -> Bilingual:
    """The same, as a sentence ends with it."""
    if by is None:
        return CHANNELS
    path, line = by["place"]
    return Bilingual(
        f"`{by['function']}` in `{path}`, line {line}",
        f"الدالة `{by['function']}` في الملف `{path}`، السطر {line}",
    )


def object_of(fact: Fact, around: Around) -> Bilingual:
    group, event = cut(fact["group"], LONGEST_NAME), cut(fact["event"])
    channel = around.names.get(fact["channel"], fact["channel"])
    match fact["call"]:
        case "group_add":
            return Bilingual(
                f"and puts {channel} into the group `{group}`",
                f"لتضيف {channel} إلى المجموعة `{group}`",
            )
        case "group_discard":
            return Bilingual(
                f"and takes {channel} out of the group `{group}`",
                f"لتُخرج {channel} من المجموعة `{group}`",
            )
        case "send":
            return Bilingual(f"to {channel} with `{event}`", f"لترسل إلى {channel} الحدث `{event}`")
    return Bilingual(
        f"to the group `{group}` with `{event}`", f"لترسل إلى المجموعة `{group}` الحدث `{event}`"
    )


def outcome(fact: Fact, around: Around) -> Bilingual:
    """Whom a call reached, or why it did not."""
    if fact["full"]:
        return Bilingual(
            f"; full channels, where the event is lost: {fact['full']}",
            f"، وعدد القنوات الممتلئة {fact['full']}، ولا يصل الحدث إليها",
        )
    if fact["error"]:
        return Bilingual(
            f": it fails with `{fact['error']}`", f"، وفشل الاستدعاء: `{fact['error']}`"
        )
    if not fact["call"].endswith("send") or fact["reach"] is None:
        return bilingual("")
    if not fact["reach"]:
        return Bilingual(": nobody is in it", "، وليس في المجموعة أحد")
    names = listed([around.names.get(each, each) for each in fact["reached"]])
    return Bilingual(
        f": reaches {fact['reach']}: {names.en}", f"، وعدد من يصل إليهم {fact['reach']}: {names.ar}"
    )


def listed(words: list[str]) -> Bilingual:
    return Bilingual(", ".join(words), "، ".join(words))


def taken(fact: Fact, _: Around) -> Bilingual:
    event = cut(fact["event"]) or fact["type"]
    if fact["method"] is None:
        method = fact["type"].replace(".", "_")
        return Bilingual(
            f"no handler takes `{event}`: `{fact['consumer']}` has no method `{method}`",
            f"لا دالة تتسلّم `{event}`: ليس في الصنف `{fact['consumer']}` دالة اسمها `{method}`",
        )
    return Bilingual(
        f"`{fact['method']}` takes `{event}`", f"تتسلّم الدالة `{fact['method']}` الحدث `{event}`"
    )


def closed(fact: Fact, _: Around) -> Bilingual:
    means = meaning(fact["code"])
    if not fact["opened"]:
        means = NO_ANSWER
    return Bilingual(
        f"closes with {fact['code']}: {means.en}",
        f"إغلاق بالرمز {fact['code']}، ومعناه: {means.ar}",
    )


def forgotten(fact: Fact, _: Around) -> Bilingual:
    name = fact["coroutine"].rpartition(".")[2]
    by, then = by_whom(fact["by"]), LOST_CALLS.get(name, NEVER_RAN)
    return Bilingual(
        f"{by.en} called `{name}`, and nobody awaited it: {then.en}",
        f"{by.ar} استدعت `{name}` ولم ينتظرها أحد بكلمة await: {then.ar}",
    )


def raised(fact: Fact, _: Around) -> Bilingual:
    by = out_of(fact["by"])
    return Bilingual(
        f"`{cut(fact['error'])}` ends it, from {by.en}",
        f"لم يلتقط أحد الاستثناء `{cut(fact['error'])}`، ومصدره {by.ar}",
    )


def swallowed(fact: Fact, _: Around) -> Bilingual:
    by = out_of(fact["by"])
    return Bilingual(
        f"`{cut(fact['error'])}` was caught, from {by.en}",
        f"الاستثناء `{cut(fact['error'])}` التقطه المشروع، ومصدره {by.ar}",
    )


def lost(fact: Fact, _: Around) -> Bilingual:
    by = out_of(fact["by"])
    return Bilingual(
        f"`{cut(fact['error'])}` ended a task that nobody awaits, from {by.en}",
        f"الاستثناء `{cut(fact['error'])}` أنهى مهمة لا ينتظرها أحد، ومصدره {by.ar}",
    )


def blocked(fact: Fact, _: Around) -> Bilingual:
    by = out_of(fact["by"])
    return Bilingual(
        f"`{fact['call']}` stops the whole server for {fact['seconds']} s, from {by.en}",
        f"الدالة `{fact['call']}` توقف الخادم كله {fact['seconds']} s، وتستدعيها {by.ar}",
    )


def crowded(fact: Fact, _: Around) -> Bilingual:
    return Bilingual(
        f"{fact['number']} more frames, calls and events, too many to be told one by one",
        f"عدد ما لم يُذكر واحدًا واحدًا من الإطارات والاستدعاءات والأحداث لكثرته: {fact['number']}",
    )


def begun(_: Fact, __: Around) -> Bilingual:
    return Bilingual("begins", "يبدأ")


def ended(_: Fact, __: Around) -> Bilingual:
    return Bilingual("ends, and its connections with it", "يتوقف، وتنقطع اتصالاته معه")


SAYINGS: dict[str, Callable[[Fact, Around], Bilingual]] = {
    "Asked": asked,
    "Answered": answered,
    "Knocked": knocked,
    "Opened": opened,
    "Denied": denied,
    "Frame": frame,
    "Called": called,
    "Taken": taken,
    "Closed": closed,
    "Forgotten": forgotten,
    "Raised": raised,
    "Swallowed": swallowed,
    "Lost": lost,
    "Blocked": blocked,
    "Crowded": crowded,
    "Begun": begun,
    "Ended": ended,
}


def reason(fact: Fact) -> Bilingual | None:
    """What a fact gives as the reason of a refusal that comes after it; None if it gives none."""
    match fact["kind"]:
        case "Refused":
            return not_let_in(fact)
        case "Unrouted":
            return no_route(fact)
        case "Raised":
            error, by = cut(fact["error"]), out_of(fact["by"])
            return Bilingual(f"`{error}`, from {by.en}", f"الاستثناء `{error}`، ومصدره {by.ar}")
        case "Taken" if fact["type"] == "websocket.connect":
            return Bilingual(
                f"`{fact['method']}` closed it and did not accept",
                f"أغلقت الدالة `{fact['method']}` الاتصال ولم تقبله",
            )
    return None


def not_let_in(fact: Fact) -> Bilingual:
    hosts = listed([f"`{host}`" for host in dict.fromkeys(fact["allowed"])])
    guard = "AllowedHostsOriginValidator" if fact["setting"] else "OriginValidator"
    where = fact["setting"] or guard
    if fact["origin"] is None:
        return Bilingual(
            f"`{guard}` wants an Origin, and none is named; `{where}` has {hosts.en}",
            f"يريد `{guard}` أن يُذكر المنشأ ولم يُذكر. في `{where}`: {hosts.ar}",
        )
    return Bilingual(
        f"`{guard}` does not let in the Origin `{fact['origin']}`; `{where}` has {hosts.en}",
        f"لا يسمح `{guard}` بالمنشأ `{fact['origin']}`. في `{where}`: {hosts.ar}",
    )


def no_route(fact: Fact) -> Bilingual:
    shown = [f"`{pattern}`" for pattern, *_ in fact["routes"][:MOST_ROUTES]]
    routes = listed([*shown, *["…"][: len(fact["routes"]) - len(shown)]])
    return Bilingual(
        f"no route leads to `{fact['path']}`; there are {routes.en or 'none'}",
        f"لا مسار يؤدي إلى `{fact['path']}`. المسارات: {routes.ar or 'لا شيء'}",
    )
