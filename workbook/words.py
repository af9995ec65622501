"""What is said of a check, by language, wherever it is shown."""

from workbook.steps import Step

CHECKING = {"en": "Checking…", "ar": "جارٍ التحقّق…"}
BEYOND = {"en": "Beyond the documentation's code:", "ar": "ما بعد شيفرة التوثيق:"}


def passed(step: Step) -> dict[str, str]:
    return {
        "en": f"Step {step.number} passed. To understand it in full:",
        "ar": f"اجتزت الخطوة {step.number}. لفهمها فهمًا كاملًا:",
    }


def more_pass(count: int) -> dict[str, str]:
    return {"en": f"{count} more checks pass", "ar": f"عدد ما نجح غيرها: {count}"}


def more_fail(count: int) -> dict[str, str]:
    return {
        "en": f"Failing besides: {count}. Most of that follows from this one: mend it first.",
        "ar": f"عدد ما فشل غيره: {count}، وأكثره نتيجة لهذا الخطأ. أصلحه أولًا.",
    }
