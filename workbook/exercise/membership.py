"""What the calls of the layer come to: who joined which group, and who sent to which."""

import re
from collections.abc import Iterator

from workbook.exercise.deduction import Deduction, last, misspelt, of, placed, said_by, shown
from workbook.recorder.facts import Called, Fact, Handled, Place, Sent, Served


def joined(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Groups that are not one for each room: of all, or of one connection."""
    paths = {served.connection: served.path for served in of(Served, facts)}
    during = {event.number: event for event in of(Handled, facts)}
    adds: list[tuple[int, Called]] = []
    spoken_to = {fact.group for fact in of(Called, facts) if fact.call == "group_send"}
    for fact in of(Called, facts):
        event = during.get(fact.during)
        words = said_by(fact.by, group=shown(fact.group))
        place = fact.by.place if fact.by else None
        if event is None or fact.error:
            continue
        mine = [add.group for connection, add in adds if connection == event.connection]
        if event.type == "websocket.receive":
            words["method"] = (event.method or "").rpartition(".")[2]
            if fact.call == "group_add" and fact.group not in mine:
                yield Deduction("joined-while-speaking", place, words)
            if fact.call == "group_discard" and fact.group in mine:
                yield Deduction("left-while-speaking", place, words)
        if fact.call == "group_add":
            if event.layer != fact.layer and event.layer:
                yield Deduction("joined-another-layer", place, words)
            if squeezed(fact.channel.rpartition("!")[2]) in squeezed(fact.group):
                yield Deduction("group-of-a-channel", place, words)
            others = [other for other, add in adds if add.group == fact.group]
            rooms = {paths[each] for each in [*others, event.connection] if each in paths}
            if len(rooms) > 1 and fact.by:
                yield Deduction("group-of-all", place, words)
            elif len(rooms) > 1 and fact.group in spoken_to:
                yield Deduction("group-of-all-by-attribute", serving(facts), words)
            adds.append((event.connection, fact))
        elif fact.call == "group_send" and is_anothers(fact.group, mine, adds):
            words["joined"] = shown(mine[-1])
            yield Deduction("group-of-another", place, words)


def is_anothers(group: str, mine: list[str], adds: list[tuple[int, Called]]) -> bool:
    """Whether it is the group that was joined last, and by another connection."""
    return bool(mine) and group not in mine and adds[-1][1].group == group


def squeezed(name: str) -> str:
    return re.sub(r"[\W_]", "", name) or "-"


def round_again(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Handlers that send the event on to the group, which hands it to the handler again."""
    told = {fact.during for fact in of(Sent, facts)}
    events = {
        event.number: event
        for event in of(Handled, facts)
        if event.number not in told and not event.type.startswith("websocket.")
    }
    for sent in of(Called, facts):
        event = events.get(sent.during)
        if event and sent.call == "group_send" and repr(event.type) in sent.event:
            words = said_by(sent.by, type=shown(event.type))
            yield Deduction("event-goes-round", sent.by.place if sent.by else None, words)
            return


def elsewhere(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """What was sent to a group that nobody had joined."""
    joined = [fact for fact in of(Called, facts) if fact.call == "group_add" and not fact.error]
    for sent in of(Called, facts):
        if sent.call != "group_send" or sent.members or sent.error:
            continue
        words = said_by(sent.by, group=shown(sent.group))
        place = sent.by.place if sent.by else None
        same = [each for each in joined if each.group == sent.group]
        letters = [each.group for each in joined if each.by is None and len(each.group) == 1]
        if len(letters) > 1:
            yield Deduction(
                "groups-of-letters", serving(facts), words | {"letters": shown(letters[0])}
            )
        own = [each for each in joined if each.by]  # the others are those of the class attribute
        if not own and not same:
            yield Deduction("nobody-joined", connecting(facts) or place, words)
        elif same and all(each.layer != sent.layer for each in same):
            yield Deduction("another-layer", place, words)
        elif not same:
            first = own[0]
            words["joined"] = shown(first.group)
            words |= {f"join_{key}": value for key, value in said_by(first.by).items()}
            yield Deduction("group-differs", place, words)


def serving(facts: tuple[Fact, ...]) -> Place | None:
    """The file of the consumer that serves."""
    return next((served.file for served in of(Served, facts) if served.file), None)


def connecting(facts: tuple[Fact, ...]) -> Place | None:
    """Where the method stands that took a connection."""
    events = (fact for fact in of(Handled, facts) if fact.type == "websocket.connect")
    return next((event.place for event in events if event.place), None)


def left(facts: tuple[Fact, ...]) -> Iterator[Deduction]:
    """Groups that were joined and not left."""
    ends = [fact for fact in of(Handled, facts) if fact.type == "websocket.disconnect"]
    if all(fact.error for fact in ends):
        return
    ending = next((fact.place for fact in ends if fact.place), None)
    joined = [fact for fact in of(Called, facts) if fact.call == "group_add"]
    left = [fact for fact in of(Called, facts) if fact.call == "group_discard"]
    for fact in joined:
        if any((each.group, each.channel) == (fact.group, fact.channel) for each in left):
            continue
        words = said_by(fact.by, group=shown(fact.group))
        mine = [each for each in left if each.channel == fact.channel and each.by]
        if mine:
            words["left"] = shown(mine[0].group)
            words |= {f"leave_{key}": text for key, text in said_by(mine[0].by).items()}
        leaving = next((each.by.place for each in mine if each.by), ending)
        near = None if ending else misspelt("disconnect", facts)
        if near and not mine:
            words = placed(near.place, near=last(near), consumer=ends[0].consumer)
            yield Deduction("disconnect-misspelt", near.place, words)
            continue
        kind = "left-another" if mine else "not-left"
        yield Deduction(kind, leaving or (fact.by.place if fact.by else None), words)
