"""What is said of a check, by language, wherever it is shown."""

from workbook.languages import Bilingual
from workbook.steps import Step

CHECKING = Bilingual("Checking…", "جارٍ التحقّق…")
BEYOND = Bilingual("Beyond the documentation's code:", "ما بعد شيفرة التوثيق:")


def passed(step: Step) -> Bilingual:
    return Bilingual(
        f"Step {step.number} passed. To understand it in full:",
        f"اجتزت الخطوة {step.number}. لفهمها فهمًا كاملًا:",
    )


def more_pass(count: int) -> Bilingual:
    return Bilingual(f"{count} more checks pass", f"عدد ما نجح غيرها: {count}")


def more_fail(count: int) -> Bilingual:
    return Bilingual(
        f"Failing besides: {count}. Most of that follows from this one: mend it first.",
        f"عدد ما فشل غيره: {count}، وأكثره نتيجة لهذا الخطأ. أصلحه أولًا.",
    )
