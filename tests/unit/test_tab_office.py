"""The office of a tab, in a Python of its own: there it takes the place of processes and threads."""

from tests.support.interpreters import told


def test_an_office_to_which_nobody_speaks_has_nothing_to_do():
    """Who follows something rests, and looks again once something was said."""
    assert told("""
        import time

        from workbook.tab import memory

        memory.settle()
        from workbook.tab import news
        from workbook.tab.office import Office

        def rest():
            while (seconds := office.turn()) is not None:
                time.sleep(seconds)

        news.AWAKE = 0.3  # seconds
        office, heard = Office("/"), []
        pages = ["check/", "try/", "workbench/", "workbench/experiments/"]
        lines = [office.open(f"en/step-5/{page}", lambda *told: heard.append(told)) for page in pages]
        rest()
        before = [*news.asleep]
        print(len(before), len(heard))
        rest()
        print(len(heard), before == news.asleep)
        office.wake()
        rest()
        print(len(news.asleep), any(each in before for each in news.asleep))
    """) == ["4", "8", "8", "True", "4", "False"]
