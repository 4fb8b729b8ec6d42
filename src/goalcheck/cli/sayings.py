"""What the command line itself says, in both languages: its help, and what it has to say of its own use."""

from __future__ import annotations

from collections.abc import Mapping

from goalcheck.messages import Words

HELP: Mapping[str, Words] = {
    "goalcheck": Words(
        "检查项目支出绩效目标表：哪里不对、为什么、该怎么写。",
        "Check project performance-target sheets: what is wrong, where, and what to write instead.",
    ),
    "lint": Words(
        "检查文件、文件夹（.txt、.tsv、.csv）；- 表示标准输入。不写路径就查当前文件夹。",
        "Check files and folders (.txt, .tsv, .csv); - is standard input. Without a path, the current folder.",
    ),
    "fix": Words(
        "直接改好表里形式上的毛病，意思不变；- 表示从标准输入读，写到标准输出。不写路径就改当前文件夹里的表。",
        "Mend in place what is a matter of form alone; - reads standard input and writes standard output. Without a "
        "path, the sheets of the current folder.",
    ),
    "explain": Words(
        "解释一条规则：查什么、为什么、错例和正例、怎样不查它；或写出全部规则的手册。",
        "Explain one rule: what, why, wrong and right examples, how to switch it off; or write the manual of all.",
    ),
    "rules": Words("列出全部规则。", "List all rules."),
    "parse": Words(
        "把读到的表按 JSON 树形输出，带每一处的位置。",
        "Show the sheet as goalcheck understands it, as JSON with spans.",
    ),
    "init": Words(
        "在文件夹里写一个 goalcheck.toml，各项配置都有说明，都还没有启用；不写文件夹就写在当前文件夹。",
        "Write a goalcheck.toml that explains every key and sets none yet, in the current folder or in FOLDER.",
    ),
    "--schema": Words(
        "不写配置文件，输出它的 JSON Schema，供编辑器提示和检查",
        "print the JSON Schema of the configuration instead, for editors",
    ),
    "init --output": Words("把 JSON Schema 写进文件", "write the JSON Schema to a file"),
    "--all": Words("全部规则的手册，Markdown 格式", "the manual of all rules, as Markdown"),
    "--format": Words("报告的格式，默认 text", "format of the report, by default text"),
    "--output": Words("把报告写进文件，默认写到屏幕", "write the report to a file"),
    "--select": Words(
        "只查这些规则：代码、代码开头（GC3）、名称或 ALL",
        "run these rules only: codes, beginnings such as GC3, names, or ALL",
    ),
    "--extend-select": Words("另外再查这些规则", "run these rules as well"),
    "--ignore": Words("不查这些规则", "do not run these rules"),
    "--profile": Words("检查的宽严，默认 core", "how strict to be, by default core"),
    "--files-from": Words(
        "要查的文件列在这个文件里，一行一个（或以 NUL 隔开）；- 表示标准输入",
        "check the files listed in this file, one a line or parted by NUL; - is standard input",
    ),
    "--exclude": Words(
        "文件夹和清单里，不查符合这个式样的文件、文件夹；可以写几次",
        "leave out what fits this pattern in folders and lists; may be repeated",
    ),
    "--min-severity": Words(
        "报告里只列不轻于它的问题；退出状态不变",
        "the least grave findings that are shown; the exit status stays the same",
    ),
    "--fail-on": Words(
        "有多严重的问题才以 1 退出，默认 error", "how grave a finding must be for status 1, by default error"
    ),
    "--taxonomy": Words(
        "指标分类表，默认 guangdong；也可以是自己的一个文件",
        "the taxonomy of indicators, by default guangdong; or a file of your own",
    ),
    "--config": Words(
        "用这个配置文件；默认找离每份表最近的 goalcheck.toml",
        "the configuration file; by default the goalcheck.toml nearest to each sheet",
    ),
    "--test": Words(
        "用规则自己的错例、正例试一遍这个文件夹里的规则", "try the rules of this folder on their own examples"
    ),
    "--isolated": Words("不用任何配置文件", "use no configuration file"),
    "--lang": Words("语言，默认 zh", "language, by default zh"),
    "--encoding": Words(
        "文件的编码；默认依次试 UTF-8 和 GB18030", "encoding of the input; by default UTF-8, then GB18030"
    ),
    "--max-size": Words("一个文件最大多少MB，默认64", "the most MB that an input may have, by default 64"),
    "--max-rows": Words("一个文件最多多少行，默认100000", "the most lines that an input may have, by default 100000"),
    "--max-cell": Words(
        "一格最多多少个字符，默认1000000", "the most characters that a cell may have, by default 1000000"
    ),
    "--max-entries": Words(
        "一个文件最多多少条指标，默认1000000", "the most indicators that an input may have, by default 1000000"
    ),
    "--stdin-filename": Words("报告里把标准输入叫作什么", "what to call standard input in the report"),
    "--baseline": Words("基线文件里已有的问题不再算", "findings that are in this baseline do not count"),
    "--write-baseline": Words(
        "把眼下的问题记进基线文件；文件已有时，只去掉已经不在的",
        "put the findings down in a baseline; one that is there only loses what is gone",
    ),
    "--accept-new": Words("写基线时，新问题也收进去", "take new findings into a baseline that is there"),
    "--jobs": Words(
        "同时用几个进程，默认 auto：按要查的多少", "processes to check with; by default auto: as many as help"
    ),
    "--statistics": Words(
        "另外列出各条规则查出多少、各步用时（写到标准错误）",
        "list findings by rule, counts and time per stage on standard error",
    ),
    "--quiet": Words("不写最后的总计", "leave out the totals"),
    "--explain-sums": Words(
        "列出每一处合计：由哪些数相加、允许的范围、相差多少、可能的原因",
        "show every sum: its terms, what rounding allows, by how much it is off, and the possible cause",
    ),
    "--verbose": Words(
        "text 报告里，同一种书写格式问题也逐处列出", "in the text report, list each of many alike findings of form"
    ),
    "--color": Words("是否用颜色，默认 auto：在终端里才用", "colour: auto uses it on a terminal only"),
    "--ambiguous-width": Words(
        "宽度不定的字符在终端里占几格，默认 1", "terminal cells of a character of ambiguous width, by default 1"
    ),
    "fix --quiet": Words("不写改了什么、还剩什么", "do not say what was changed and what is left"),
    "--diff": Words("只给出要改的地方（unified diff），不动文件", "show the changes as a unified diff, write nothing"),
    "--unsafe-fixes": Words(
        "有建议的改法也照着改；会动内容，改完请核对", "take the proposals too; they change content: check it afterwards"
    ),
    "--version": Words("显示版本", "show the version"),
    "--help": Words("显示这份说明", "show this help"),
}
"""The help of commands, and of options by their long names."""

USAGE: Mapping[str, Words] = {
    "usage": Words("用法: ", "Usage: "),
    "options": Words("选项", "Options"),
    "commands": Words("命令", "Commands"),
    "no-option": Words("没有选项 {name}{nearest}", "there is no option {name}{nearest}"),
    "no-command": Words(
        "没有命令 {name}，也没有这个文件{nearest}", "there is no command {name}, and no such file{nearest}"
    ),
    "missing": Words("少了 {name}", "{name} is missing"),
    "one-of": Words("{name} 不能是 {value}，可以是 {choices}", "{name} cannot be {value}; choose one of {choices}"),
    "number": Words("{name} 不能是 {value}，可以是 {choices}", "{name} cannot be {value}; it is one of {choices}"),
    "needs": Words("{name} 要和 {other} 一起用", "{name} goes with {other}"),
    "binary": Words(
        "{name} 格式不是文本，不能写到屏幕上；请加 -o 文件名",
        "{name} is no text and is not written to a terminal; name a file with -o",
    ),
    "checking": Words("检查", "checking"),
    "baseline-written": Words("基线写进了 {name}，共{number}处", "{name}: baseline written, findings: {number}"),
    "baseline-new": Words(
        "另有{number}处新问题没有收进基线；确要收进去，请加 --accept-new",
        "new findings not taken into the baseline: {number}; --accept-new takes them in",
    ),
    "baseline-gone": Words(
        "基线里有{number}处已经不在了，可以用 --write-baseline {name} 去掉：{entries}",
        "entries of the baseline without a finding: {number}; --write-baseline {name} drops them:{entries}",
    ),
    "baseline-dropped": Words(
        "基线里有{number}处已经不在了，去掉了：{entries}",
        "entries without a finding dropped from the baseline: {number}:{entries}",
    ),
    "baseline-expired": Words(
        "基线里有{number}处过了期限，又算数了：{entries}",
        "entries of the baseline that have expired and count again: {number}:{entries}",
    ),
    "no-whole": Words(
        "{name} 不能是 {value}，要写一个正整数", "{name} cannot be {value}: it is a whole number above 0"
    ),
    "no-value": Words("{name} 后面要有值", "{name} needs a value"),
    "extra": Words("多了参数 {value}，请删去", "too many arguments: remove {value}"),
    "no-rule": Words(
        "没有规则 {name}{nearest}；用 goalcheck rules 看全部规则",
        "there is no rule {name}{nearest}; goalcheck rules lists them",
    ),
    "rule-or-all": Words(
        "少了 RULE：写上一条规则的代码或名称，或者用 --all 看全部",
        "RULE is missing: name a rule by code or name, or take --all",
    ),
    "rule-and-all": Words(
        "RULE 和 --all 只能用一个：去掉 --all 看这一条，去掉 RULE 看全部",
        "RULE and --all exclude each other: leave out --all for this rule, RULE for all of them",
    ),
    "no-rules": Words(
        "没有选中任何规则；用 goalcheck rules 看全部规则", "no rule is selected; goalcheck rules lists them"
    ),
    "no-taxonomy": Words(
        "{name} 不能是 {value}：可以是 {choices}，也可以是一个文件",
        "{name} cannot be {value}: it is one of {choices}, or a file",
    ),
    "exclusive": Words("{one} 和 {other} 只能用一个", "{one} and {other} exclude each other"),
    "only-with": Words("{one} 要和 {other} 一起用", "{one} goes with {other} alone"),
    "no-folder": Words("没有文件夹 {name}", "there is no folder {name}"),
    "output-exists": Words("已经有 {name} 了，没有动它", "there is a {name} already; it was left as it is"),
    "output-configured": Words(
        "{name} 里已有 [tool.goalcheck]，再写 {other} 就会盖过它；请直接改 {name}",
        "{name} has [tool.goalcheck], which a {other} would overrule; edit {name} instead",
    ),
    "written": Words(
        "写好了 {name}；各项都还没有启用，打开它照说明改",
        "wrote {name}; no key is set yet, open it and follow its remarks",
    ),
    "unused-plugins": Words(
        "已安装、没有启用的规则插件：{names}；要启用，请写进配置的 plugins",
        "rule plug-ins installed but not in use: {names}; to use one, name it under plugins in the configuration",
    ),
    "no-encoding": Words(
        "不认识编码 {name}；常用的有 utf-8、gb18030、utf-16",
        "{name} is no encoding of text; common ones are utf-8, gb18030, utf-16",
    ),
    "no-list": Words(
        "--files-from：读不了 {name}（{reason}）；请核对路径",
        "--files-from: cannot read {name} ({reason}); check the path",
    ),
    "list-too-long": Words(
        "--files-from：{name} 超过{limit}MB，不像是文件的清单",
        "--files-from: {name} has more than {limit} MB; is it a list of files?",
    ),
    "output": Words("写不进 {name}：{reason}", "cannot write {name}: {reason}"),
    "output-used": Words(
        "{name} 是正在用的配置或基线，不能写报告进去",
        "{name} is a configuration or baseline in use; the report cannot go there",
    ),
    "output-input": Words("{name} 是要检查的文件，不能写报告进去", "{name} is an input; the report cannot go there"),
    "other": Words("用法不对：{text}", "wrong usage: {text}"),
    "nearest": Words("，是不是 {name}", "; did you mean {name}"),
    "see-help": Words("；用 --help 看说明", "; see --help"),
    "folder-gone": Words(
        "当前文件夹已经不在了；请换到另一个文件夹再运行", "the current folder is gone; change to one that is there"
    ),
    "interrupted": Words("已中断，没有查完", "interrupted before all was checked"),
}
"""What is said of wrong usage and of what a run does besides its report."""
