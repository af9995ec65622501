"""What the pages say around the notes, in both languages."""

from workbook.languages import Bilingual

PHRASES = {
    "workbook": Bilingual("Channels Workbook", "دفتر تمارين Channels"),
    "purpose": Bilingual(
        "Build a chat server with Django Channels, in five steps.",
        "ابنِ خادم محادثة بمكتبة Django Channels، في خمس خطوات.",
    ),
    "skip": Bilingual("Skip to the text", "انتقل إلى النص"),
    "contents": Bilingual("Contents", "المحتويات"),
    "steps": Bilingual("Steps", "الخطوات"),
    "step": Bilingual("Step", "الخطوة"),
    "parts": Bilingual("Parts of this step", "أجزاء هذه الخطوة"),
    "language": Bilingual("Language", "اللغة"),
    "theme": Bilingual("Dark", "داكن"),
    "search": Bilingual("Search", "ابحث"),
    "read": Bilingual("Read", "اقرأ"),
    "code": Bilingual("Code", "الشيفرة"),
    "changes": Bilingual("Changes", "الفروق"),
    "try": Bilingual("Try", "جرّب"),
    "check": Bilingual("Check", "اختبر"),
    "on_this_page": Bilingual("On this page", "في هذه الصفحة"),
    "previous": Bilingual("Previous", "السابقة"),
    "next": Bilingual("Next", "التالية"),
    "start_here": Bilingual("Start here", "ابدأ من هنا"),
    "go_on": Bilingual("Go on", "تابع"),
    "on_the_desk": Bilingual("in work now", "في مجلد التمرين الآن"),
    "more": Bilingual("Beside the steps", "إلى جانب الخطوات"),
    "heading_link": Bilingual("Link to this heading", "رابط إلى هذا القسم"),
    "copy": Bilingual("Copy", "انسخ"),
    "copied": Bilingual("Copied", "نُسخ"),
    "diagram": Bilingual("Diagram", "رسم"),
    "files": Bilingual("Files of this step", "ملفات هذه الخطوة"),
    "suite": Bilingual("The step's suite", "حزمة اختبارات الخطوة"),
    "new": Bilingual("new", "جديد"),
    "changed": Bilingual("changed", "تغيّر"),
    "removed": Bilingual("removed", "حُذف"),
    "line_hint": Bilingual(
        "Click a line's number for a link to it; with Shift, a second one for a range.",
        "انقر رقم سطر لتحصل على رابط إليه، ثم رقمًا آخر مع المفتاح Shift لما بينهما.",
    ),
    "lesson": Bilingual("The lesson", "الدرس"),
    "left_to_do": Bilingual("Left to do", "ما بقي عليك"),
    "lesson_since": Bilingual("What this step changes in step", "ما تغيّره هذه الخطوة في الخطوة"),
    "lesson_first": Bilingual(
        "What this step changes in a project as startproject makes it",
        "ما تغيّره هذه الخطوة في مشروع كما ينشئه الأمر startproject",
    ),
    "left_since": Bilingual(
        "What is still missing in the folder work",
        "ما لا يزال ناقصًا في مجلد التمرين",
    ),
    "nothing_left": Bilingual(
        "Nothing: what is in work is the step, to the letter.",
        "لا شيء: ما في مجلد التمرين هو الخطوة بحروفها.",
    ),
    "empty": Bilingual("An empty file.", "ملف فارغ."),
    "unified": Bilingual("One column", "عمود واحد"),
    "split": Bilingual("Side by side", "جنبًا إلى جنب"),
    "view": Bilingual("View", "طريقة العرض"),
    "given": Bilingual(
        "Given with the step, not yours to write", "جاهز مع الخطوة، فلا حاجة إلى كتابته"
    ),
    "nothing_found": Bilingual("Nothing was found for", "لا نتائج عن"),
    "search_notes": Bilingual("Search the notes", "ابحث في الشروح"),
    "keys": Bilingual("Keys", "المفاتيح"),
    "key_parts": Bilingual("a part of this step", "جزء من هذه الخطوة"),
    "key_steps": Bilingual("a step", "خطوة"),
    "key_theme": Bilingual("dark or light", "داكن أو فاتح"),
    "key_wire": Bilingual(
        "one record back or on, on the wire", "السطر السابق أو التالي مما يمرّ بين الأجزاء"
    ),
    "key_projector": Bilingual(
        "for the projector: large, one thing at a time", "لجهاز العرض: بخط كبير، عنصرًا بعد عنصر"
    ),
    "key_forward": Bilingual("forward, on the projector", "إلى الأمام عند العرض"),
    "key_back": Bilingual("back, on the projector", "إلى الوراء عند العرض"),
    "key_letters": Bilingual(
        "Letters, digits and signs are keys", "الحروف والأرقام والعلامات مفاتيح"
    ),
    "key_language": Bilingual("the next language", "اللغة التالية"),
    "onward": Bilingual("From here on", "بعد هذا"),
    "key_ends": Bilingual(
        "to the first stop and to the last, on the projector",
        "إلى أول توقّف وإلى آخر توقّف عند العرض",
    ),
    "key_overview": Bilingual(
        "headings and numbers to go to, on the projector",
        "أقسام وأرقام تنتقل إليها عند العرض",
    ),
    "key_size": Bilingual("larger and smaller, on the projector", "تكبير وتصغير عند العرض"),
    "projector": Bilingual("Projector", "جهاز العرض"),
    "project": Bilingual("Present", "اعرض للصف"),
    "overview": Bilingual("Overview", "نظرة عامة"),
    "stop_number": Bilingual("Stop number", "رقم التوقّف"),
    "go": Bilingual("Go", "اذهب"),
    "smaller": Bilingual("Smaller", "أصغر"),
    "larger": Bilingual("Larger", "أكبر"),
    "leave": Bilingual("End", "أنهِ العرض"),
    "close": Bilingual("Close", "أغلق"),
    "needs_script": Bilingual(
        "This page needs JavaScript. In the terminal:",
        "تحتاج هذه الصفحة إلى JavaScript. في الطرفية:",
    ),
    "search_needs_script": Bilingual("The search needs JavaScript.", "يحتاج البحث إلى JavaScript."),
    "disconnected": Bilingual(
        "The walkthrough does not answer. Is it still running in its terminal?",
        "لا يجيب خادم صفحات الدفتر. أما زال يعمل في الطرفية؟",
    ),
    "title_room": Bilingual("Two windows, one room", "نافذتان وغرفة واحدة"),
    "title_page": Bilingual("The page in a window", "الصفحة في نافذة"),
    "idle_room": Bilingual(
        "Two windows open here when a server runs, both in the same room.",
        "تُفتح هنا نافذتان حين يعمل الخادم، وكلتاهما في الغرفة نفسها.",
    ),
    "idle_page": Bilingual(
        "The page opens here when a server runs.", "تُفتح الصفحة هنا حين يعمل الخادم."
    ),
    "run_snapshot": Bilingual("Run this step", "شغّل هذه الخطوة"),
    "run_desk": Bilingual("Run what is in work", "شغّل ما في مجلد التمرين"),
    "restart": Bilingual("Restart", "أعد التشغيل"),
    "stop": Bilingual("Stop", "أوقف"),
    "server_stopped": Bilingual("Nothing is running.", "لا شيء يعمل الآن."),
    "server_starting": Bilingual("Starting…", "جارٍ التشغيل…"),
    "server_ended": Bilingual(
        "It ended by itself; the log says why.", "توقّف من تلقاء نفسه، وفي السجلّ السبب."
    ),
    "running_snapshot": Bilingual("This step is running.", "هذه الخطوة تعمل الآن."),
    "running_desk": Bilingual("What is in work is running.", "ما في مجلد التمرين يعمل الآن."),
    "two_servers": Bilingual("two servers", "خادمان"),
    "beside": Bilingual("beside it:", "وإلى جانبها:"),
    "at_server": Bilingual("server", "الخادم"),
    "served_LAYER=redis": Bilingual("The layer is in Redis.", "الطبقة في Redis."),
    "served_SERVERS=2": Bilingual(
        "Two servers, and a layer in the memory of each.", "خادمان، وفي ذاكرة كل منهما طبقة."
    ),
    "served_LAYER=redis_SERVERS=2": Bilingual(
        "Two servers, and one layer in Redis.", "خادمان، وطبقة واحدة في Redis."
    ),
    "experiments": Bilingual("Break it", "اكسرها عمدًا"),
    "experiments_why": Bilingual(
        "Each changes your file as the note says. What is in work is saved first; taking it back "
        "leaves all else as you wrote it.",
        "تغيّر كل تجربة ملفك كما في الشرح. يُحفظ أولًا ما في مجلد التمرين، وحين تتراجع عنها لا "
        "يتغيّر شيء مما كتبته أنت.",
    ),
    "put_on": Bilingual("Make the change", "أجرِ التغيير"),
    "take_back": Bilingual("Take it back", "تراجع عنه"),
    "put_is_on": Bilingual("It is in your file now. Look:", "التغيير في ملفك الآن. لاحظ:"),
    "taken_back": Bilingual("Taken back.", "تراجعت عن التغيير."),
    "also_running": Bilingual("Also running:", "يعمل أيضًا:"),
    "room": Bilingual("Room", "الغرفة"),
    "window": Bilingual("Window", "النافذة"),
    "window_address": Bilingual("Address of this window", "عنوان هذه النافذة"),
    "window_back": Bilingual("Previous page", "الصفحة السابقة"),
    "window_again": Bilingual("Load again", "أعد التحميل"),
    "window_elsewhere": Bilingual(
        "Only your own server's pages are shown here. Open other addresses in your browser.",
        "لا تعرض هذه النافذة إلا صفحات خادمك. افتح العناوين الأخرى في متصفحك.",
    ),
    "window_lost": Bilingual(
        "Nobody answers: the server is not running. The page comes when it runs again.",
        "لا يجيب أحد: الخادم لا يعمل. تظهر الصفحة عندما يعمل من جديد.",
    ),
    "own_window": Bilingual("Open in its own window", "افتحها في نافذة مستقلة"),
    "unframed": Bilingual(
        "This project does not let its pages stand inside another page: startproject's "
        "settings forbid it, by XFrameOptionsMiddleware. Open each in its own window.",
        "لا يسمح هذا المشروع بعرض صفحاته داخل صفحة أخرى: تمنع ذلك إعدادات startproject "
        "بالبرمجية الوسيطة XFrameOptionsMiddleware. افتح كل صفحة في نافذة مستقلة.",
    ),
    "log": Bilingual("The server's log", "سجلّ الخادم"),
    "title_check": Bilingual("Check what is in work", "اختبر ما في مجلد التمرين"),
    "desk_here": Bilingual(
        "Your code for this step is in the folder", "شيفرتك لهذه الخطوة في المجلد"
    ),
    "desk_none": Bilingual("No step has been begun yet.", "لم تبدأ أي خطوة بعد."),
    "desk_other": Bilingual("Another step is in work:", "في مجلد التمرين خطوة أخرى:"),
    "begin_with": Bilingual(
        "The exercise of this step begins with", "يبدأ تمرين هذه الخطوة بالأمر"
    ),
    "begin": Bilingual("Begin this step", "ابدأ هذه الخطوة"),
    "begin_sure": Bilingual(
        "What is in work is saved first, in the folder saved.",
        "يُحفظ أولًا ما في مجلد التمرين، في المجلد saved.",
    ),
    "cancel": Bilingual("Cancel", "ألغِ"),
    "saved_as": Bilingual("What was in work is saved:", "حُفظ ما كان في مجلد التمرين:"),
    "check_now": Bilingual("Check now", "اختبر الآن"),
    "check_on_save": Bilingual("on every save", "عند كل حفظ"),
    "cut_off": Bilingual(
        "The walkthrough was gone in the middle of this check, so it is done again.",
        "انقطع الاتصال بالدفتر أثناء هذا الاختبار، وها هو يُعاد.",
    ),
    "before_the_last_change": Bilingual(
        "These results are from before the last change.",
        "هذه نتائج ما قبل التغيير الأخير.",
    ),
    "hint": Bilingual("Hint", "تلميح"),
    "results_of_check": Bilingual("The checks", "الاختبارات"),
    "outcome_passed": Bilingual("passes", "نجح"),
    "outcome_blamed": Bilingual("fails", "لم ينجح"),
    "outcome_failed": Bilingual("fails too", "لم ينجح أيضًا"),
    "outcome_waiting": Bilingual("not tried", "لم يُجرَّب"),
    "outcome_untried": Bilingual("cannot be tried here", "لا تمكن تجربته هنا"),
    "outcome_next": Bilingual("not yet", "ليس بعد"),
    "extras": Bilingual("Beyond the documentation's code", "ما بعد شيفرة التوثيق"),
    "extras_why": Bilingual("You have passed without these.", "نجحت بلا هذه، فهي زيادة لمن يريد."),
    "open_in": Bilingual("Open this line in", "افتح هذا السطر في"),
    "in_the_note": Bilingual("In the note:", "في الشرح:"),
    "refused": Bilingual(
        "This is for the machine it runs on", "لا يتاح هذا إلا على الجهاز الذي يعمل عليه الدفتر"
    ),
    "refused_why": Bilingual(
        "Over the network the walkthrough can be read. Starting servers and running checks "
        "is left to whoever sits at the machine itself.",
        "يمكنك قراءة الدفتر عبر الشبكة. أما تشغيل الخوادم والاختبار فلمن يجلس إلى الجهاز نفسه.",
    ),
    "get_workbook": Bilingual(
        "To try and check on your own machine, ask your teacher for the folder of the workbook, "
        "and type in it:",
        "لتجرّب وتختبر على جهازك، اطلب من معلّمك مجلد الدفتر، ثم نفّذ فيه الأمر:",
    ),
    "offer": Bilingual("Work in this tab", "اعمل في متصفحك"),
    "offer_why": Bilingual(
        "Nothing is started on the machine that gives you these pages. Python comes into your own "
        "browser instead, and what you write stays in it.",
        "لا يُشغَّل شيء على الجهاز الذي يعطيك هذه الصفحات، بل تأتي Python إلى متصفحك أنت، وما تكتبه "
        "يبقى فيه.",
    ),
    "go_reading": Bilingual("Read on", "تابع القراءة"),
    "not_found": Bilingual("There is no such page", "لا توجد صفحة كهذه"),
    "workbench": Bilingual("Work", "اعمل"),
    "work_title": Bilingual("Read, write and check in one view", "اقرأ واكتب واختبر في صفحة واحدة"),
    "work_code": Bilingual("The files in work", "ملفات مجلد التمرين"),
    "not_begun": Bilingual(
        "Your code stands here once the step is begun.", "تظهر شيفرتك هنا بعد أن تبدأ الخطوة."
    ),
    "new_file": Bilingual("New file", "ملف جديد"),
    "other_files": Bilingual("Other files", "ملفات أخرى"),
    "rename": Bilingual("Rename", "غيّر الاسم"),
    "remove": Bilingual("Delete", "احذف"),
    "do_it": Bilingual("Do it", "نفّذ"),
    "unsaved": Bilingual("Not saved yet…", "لم يُحفظ بعد…"),
    "saved_file": Bilingual("Saved.", "حُفظ."),
    "kept_in_browser": Bilingual(
        "The walkthrough does not answer: what you typed is kept in this browser, and saved "
        "when it is back.",
        "لا يجيب خادم صفحات الدفتر: ما كتبته محفوظ في هذا المتصفح، ويُكتب في ملفه حين يعود.",
    ),
    "no_storage": Bilingual(
        "Not saved yet, and this browser keeps nothing: do not close the page.",
        "لم يُحفظ بعد، وهذا المتصفح لا يحفظ شيئًا: لا تغلق الصفحة.",
    ),
    "gone_elsewhere": Bilingual(
        "This file was removed elsewhere; it comes back when you write in it.",
        "حُذف هذا الملف في مكان آخر، ويعود حين تكتب فيه.",
    ),
    "changed_elsewhere": Bilingual(
        "This file was changed elsewhere while you wrote: neither version is lost.",
        "تغيّر هذا الملف في مكان آخر وأنت تكتب، ولم تضِع أي من النسختين.",
    ),
    "keep_mine": Bilingual("Keep what I wrote", "أبقِ ما كتبتُه"),
    "take_theirs": Bilingual("Take the other one", "خذ النسخة الأخرى"),
    "leave_editor": Bilingual(
        "Esc and then Tab lead out of the editor.", "المفتاح Esc ثم Tab يخرجان بك من المحرّر."
    ),
    "key_short": Bilingual(
        "only what is seen or asked, on the projector", "ما يُشاهَد أو يُسأل عنه فقط، عند العرض"
    ),
    "short_way": Bilingual("Short way", "الطريق القصير"),
    "presenter": Bilingual("Presenter", "نافذة المعلّم"),
    "key_presenter": Bilingual(
        "the presenter's window, from the projector", "نافذة المعلّم، تُفتح من العرض"
    ),
    "presenter_why": Bilingual(
        "This window and the one that projects this step's note follow each other. "
        "What is for the teacher is in this window alone.",
        "تتبع هذه النافذة والنافذة التي تعرض شرح الخطوة إحداهما الأخرى. "
        "وما كُتب للمعلّم يظهر في هذه النافذة وحدها.",
    ),
    "presenter_needs_script": Bilingual(
        "The clock and the stops of this page need JavaScript.",
        "تحتاج الساعة والتوقّفات في هذه الصفحة إلى JavaScript.",
    ),
    "on_wall": Bilingual("On the wall", "معروض الآن"),
    "comes_next": Bilingual("Comes next", "يأتي بعده"),
    "last_stop": Bilingual("Nothing: this is the last stop.", "لا شيء، فهذا آخر توقّف."),
    "to_teacher": Bilingual("For the teacher", "للمعلّم"),
    "forward": Bilingual("Forward", "إلى الأمام"),
    "back": Bilingual("Back", "إلى الوراء"),
    "clock": Bilingual("Clock", "الساعة"),
    "clock_start": Bilingual("Start", "ابدأ"),
    "clock_reset": Bilingual("Back to zero", "صفّر الساعة"),
    "late": Bilingual("over time", "تجاوزتَ الوقت"),
    "filling": Bilingual("Fills the screen", "يملأ الشاشة"),
    "note": Bilingual("Note", "الشرح"),
    "chat": Bilingual("Chat", "المحادثة"),
    "key_filling": Bilingual(
        "the note, the editor, the checks, the chat or the wire fill the screen, at Work on the "
        "projector; with Shift, beside the others",
        "يملأ الشاشةَ الشرحُ أو المحرّر أو الاختبارات أو المحادثة أو ما يمرّ بين الأجزاء، عند عرض "
        "صفحة «اعمل»، ومع المفتاح Shift إلى جانب غيره",
    ),
    "key_field": Bilingual(
        "out of a field or the editor, then out of the projector",
        "الخروج من الحقل أو المحرّر، ثم إنهاء العرض",
    ),
    "wire": Bilingual("The wire", "ما يمرّ بين الأجزاء"),
    "wire_empty": Bilingual(
        "What travels will be here: requests, frames, calls of the layer, events.",
        "هنا يظهر ما ينتقل: الطلبات والإطارات واستدعاءات الطبقة والأحداث.",
    ),
    "wire_hint": Bilingual(
        "Click a record, or go there with the arrows and press Enter: it is explained.",
        "انقر سطرًا، أو انتقل إليه بالأسهم واضغط Enter، لترى شرحه.",
    ),
    "wire_of": Bilingual("Of the connection", "الاتصال"),
    "wire_kind": Bilingual("Kind", "النوع"),
    "wire_room": Bilingual("Room or group", "الغرفة أو المجموعة"),
    "wire_all": Bilingual("all", "الكل"),
    "wire_hidden": Bilingual("Hidden by this choice:", "أخفى هذا الاختيار:"),
    "wire_waiting": Bilingual("Waiting:", "في الانتظار:"),
    "wire_back": Bilingual("One back", "السطر السابق"),
    "wire_on": Bilingual("One on", "السطر التالي"),
    "pause": Bilingual("Pause", "أوقف مؤقتًا"),
    "clear": Bilingual("Clear", "امسح"),
    "frames_title": Bilingual("Send a frame by hand", "أرسل إطارًا بيدك"),
    "frames_why": Bilingual(
        "A page sends only messages, but any program may send anything. This goes to the room "
        "above.",
        "لا ترسل الصفحة إلا رسائل، ويستطيع أي برنامج أن يرسل ما يشاء. يُرسل هذا إلى الغرفة أعلاه.",
    ),
    "another_window": Bilingual("Another window", "نافذة أخرى"),
    "close_window": Bilingual("Close this window", "أغلق هذه النافذة"),
    "room_of_window": Bilingual("Room of this window", "غرفة هذه النافذة"),
    "example": Bilingual("Example", "مثال"),
    "frame": Bilingual("Frame", "الإطار"),
    "as_bytes": Bilingual("as bytes", "بايتات"),
    "send": Bilingual("Send", "أرسل"),
    "closed": Bilingual("closed with code", "انتهى الاتصال بالرقم"),
    "minutes": Bilingual("minutes", "دقيقة"),
    "picture": Bilingual(
        "What you will build: what one window sends, every window in the room shows.",
        "ما ستبنيه: ما ترسله نافذة تعرضه كل نوافذ الغرفة.",
    ),
    "picture_room": Bilingual("lobby", "غرفة"),
    "picture_first": Bilingual("Omar: are you there?", "عمر: هل أنت هنا؟"),
    "picture_second": Bilingual("Mona: hello!", "منى: أهلًا!"),
    "saves_title": Bilingual("Begin again, solution, saved", "ابدأ من جديد، الحلّ، المحفوظ"),
    "begin_again": Bilingual("Begin this step again", "ابدأ هذه الخطوة من جديد"),
    "put_solution": Bilingual("Put the solution there", "ضع الحلّ في المجلد"),
    "solution_sure": Bilingual(
        "The step then counts as passed with the solution.",
        "وتُحسب الخطوة بعد ذلك ناجحة بمساعدة الحلّ.",
    ),
    "restore": Bilingual("Bring back", "أعده"),
    "try_elsewhere": Bilingual(
        "Two servers and Redis are not to be had in a browser tab. On a machine with Python:",
        "لا يمكن تشغيل خادمين أو Redis داخل المتصفح. على جهاز فيه Python:",
    ),
    "tab_comes": Bilingual(
        "Python is coming into this tab: some eight megabytes, the first time.",
        "تأتي Python إلى هذا المتصفح: نحو ثمانية ميغابايت في المرة الأولى.",
    ),
    "tab_failed": Bilingual(
        "Python did not come into this tab whole: the connection was cut, or something on the "
        "way keeps its files back. Nothing that you wrote is lost.",
        "لم تصل Python إلى هذا المتصفح كاملة: انقطع الاتصال، أو حجب شيء في الطريق ملفاتها. "
        "ولم يضِع شيء مما كتبته.",
    ),
    "tab_broken": Bilingual(
        "Python in this tab has broken down. Nothing that you wrote is lost.",
        "تعطّلت Python في هذا المتصفح، ولم يضِع شيء مما كتبته.",
    ),
    "tab_old": Bilingual(
        "This browser cannot run Python. Take a newer one, such as Firefox, Chrome, Edge or "
        "Safari of the last two years; to read, this one is enough.",
        "لا يستطيع هذا المتصفح أن يشغّل Python. استعمل متصفحًا أحدث، مثل Firefox أو Chrome أو "
        "Edge أو Safari من السنتين الأخيرتين. أما القراءة فيكفيها هذا.",
    ),
    "tab_met": Bilingual(
        "Another tab has changed the same files meanwhile, and they are shown as it left them. "
        "What was in work here is saved:",
        "غيّرت علامة تبويب أخرى الملفات نفسها أثناء عملك، وهي تظهر كما تركتها. "
        "وحُفظ ما كان هنا في مجلد التمرين:",
    ),
    "try_again": Bilingual("Try again", "أعد المحاولة"),
    "unkept": Bilingual(
        "Saved in this page alone, for the browser keeps nothing more: before you close it, take "
        "your work along as a zip.",
        "حُفظ في هذه الصفحة وحدها، فالمتصفح لا يحفظ المزيد: خذ عملك معك في ملف zip قبل أن تغلقها.",
    ),
    "take_along": Bilingual("Take it along as a zip", "خذ عملك معك في ملف zip"),
    "bring_along": Bilingual("Go on with a zip…", "تابع من ملف zip…"),
    "nothing_saved": Bilingual("Nothing has been saved yet.", "لم يُحفظ شيء بعد."),
    "back_to_note": Bilingual("Back to this step's note", "عُد إلى شرح هذه الخطوة"),
    "resize_note": Bilingual("Width of the note", "عرض شرح الخطوة"),
    "resize_side": Bilingual("Width of the checks and the chat", "عرض الاختبارات والمحادثة"),
    "booklet": Bilingual("Booklet", "كتيّب"),
    "booklet_of_all": Bilingual("All of it, for print", "الدفتر كله للطباعة"),
    "booklet_of_step": Bilingual("This step, for print", "هذه الخطوة للطباعة"),
    "booklet_numbers": Bilingual(
        "Chrome and Edge print a number on every page. No browser can write these numbers into "
        "the contents yet; in a saved PDF, its lines are links.",
        "يطبع Chrome وEdge رقمًا على كل صفحة. وليس هناك حتى الآن متصفح يكتب هذه الأرقام "
        "في المحتويات، لكن أسطرها روابط في ملف PDF المحفوظ.",
    ),
    "answers": Bilingual("Answers", "الأجوبة"),
    "answers_none": Bilingual("left out", "بلا أجوبة"),
    "answers_below": Bilingual("below each question", "تحت كل سؤال"),
    "answers_sheet": Bilingual("on a sheet at the end", "في ورقة في النهاية"),
    "with_teacher": Bilingual("With the sections for the teacher", "مع أقسام المعلّم"),
    "show": Bilingual("Show", "اعرض"),
    "print": Bilingual("Print", "اطبع"),
}
# Where Python runs in the reader's own tab, in place of the same on a machine.
IN_A_TAB = {
    "disconnected": Bilingual(
        "Python in this tab does not answer, and begins anew.",
        "لا تجيب Python في هذا المتصفح، وها هي تبدأ من جديد.",
    ),
    "kept_in_browser": Bilingual(
        "Python in this tab does not answer: what you typed is kept in this browser, and saved "
        "when it is back.",
        "لا تجيب Python في هذا المتصفح: ما كتبته محفوظ فيه، ويُكتب في ملفه حين تعود.",
    ),
}


def phrases(language: str, in_tab: bool = False) -> dict[str, str]:
    """Every phrase, in one language."""
    found = PHRASES | (IN_A_TAB if in_tab else {})
    return {name: texts[language] for name, texts in found.items()}
