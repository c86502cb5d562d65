//! A hundred hostile strings and what a list shows of each. Markers stand between « and ».

/// Number, text, what one line shows of it.
pub(crate) type Row = (u8, String, String);

fn row(number: u8, text: &str, shown: &str) -> Row {
    (number, text.to_owned(), shown.to_owned())
}

/// The rows whose text is shown as it is.
fn kept(number: u8, text: &str) -> Row {
    row(number, text, text)
}

/// All hundred, in order; a number that stands for several strings comes several times.
pub(crate) fn rows() -> Vec<Row> {
    [escapes(), controls(), invisible(), stacked(), odd()].concat()
}

fn escapes() -> Vec<Row> {
    vec![
        row(1, "\x1b[31mred", "«␛»[31mred"),
        row(2, "\x1b[2J\x1b[Hfake", "«␛»[2J«␛»[Hfake"),
        row(3, "ok\x1b[1A\x1b[2Kforged row", "ok«␛»[1A«␛»[2Kforged row"),
        row(4, "\x1b]0;owned\x07", "«␛»]0;owned«␇»"),
        row(5, "\x1b]52;c;cm0gLXJmIH4K\x07", "«␛»]52;c;cm0gLXJmIH4K«␇»"),
        row(
            6,
            "\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\",
            "«␛»]8;;file:///etc/passwd«␛»\\click«␛»]8;;«␛»\\",
        ),
        row(7, "\x1b]8;;http://x", "«␛»]8;;http://x"),
        row(8, "\x1bP$qm\x1b\\", "«␛»P$qm«␛»\\"),
        row(9, "\x1b[6n", "«␛»[6n"),
        row(10, "\x1b[c\x1bZ", "«␛»[c«␛»Z"),
        row(11, "\x1b[21t", "«␛»[21t"),
        row(12, "\x1bc", "«␛»c"),
        row(13, "\x1b(0lqk", "«␛»(0lqk"),
        row(14, "\x0elqk\x0f", "«␎»lqk«␏»"),
        row(15, "\x1b[?1049l", "«␛»[?1049l"),
        row(16, "\x1b[?1003h\x1b[?1006h", "«␛»[?1003h«␛»[?1006h"),
        row(17, "\x1b[>31u", "«␛»[>31u"),
        row(18, "\x1b_Gf=32,s=1,v=1;AAAA\x1b\\", "«␛»_Gf=32,s=1,v=1;AAAA«␛»\\"),
        row(19, "\x1bPq#0;2;0;0;0\x1b\\", "«␛»Pq#0;2;0;0;0«␛»\\"),
        row(20, "\x1bXtext\x1b\\", "«␛»Xtext«␛»\\"),
        row(20, "\x1b^text\x1b\\", "«␛»^text«␛»\\"),
        row(21, "\x1b\x1b[31m", "«␛␛»[31m"),
        row(22, "\x1b\u{301}[31m", "«␛»\u{25CC}\u{301}[31m"),
        row(23, "\x1b\u{200D}[2J", "«␛<U+200D>»[2J"),
        row(24, "\u{9B}31mred", "«<9B>»31mred"),
        row(25, "\u{9D}52;c;eA==\u{9C}", "«<9D>»52;c;eA==«<9C>»"),
        row(26, "\u{90}q\u{9C}", "«<90>»q«<9C>»"),
        row(
            27,
            "\u{98}\u{9E}\u{9F}\u{8F}\u{8E}\u{84}\u{85}\u{88}\u{8D}",
            "«<98><9E><9F><8F><8E><84>⏎<88><8D>»",
        ),
        row(28, str::from_utf8(b"\xC2\x9B31mred").unwrap(), "«<9B>»31mred"),
        row(29, &String::from_utf8_lossy(b"\x9B31mred"), "\u{FFFD}31mred"),
        row(92, "\0", "«␀»"),
        row(92, "\x1b[2J", "«␛»[2J"),
    ]
}

fn controls() -> Vec<Row> {
    vec![
        row(30, "\0x", "«␀»x"),
        row(31, "pass\x08\x08\x08\x08fail", "pass«␈␈␈␈»fail"),
        row(32, "balance 100\rbalance 900", "balance 100«␍»balance 900"),
        row(33, "a\tb", "a b"),
        row(34, "a\nb", "a«⏎»b"),
        row(35, "a\r\nb", "a«⏎»b"),
        row(36, &"\n".repeat(10_000), "«<⏎ x10000>»"),
        row(37, "\x0b\x0c", "«␋␌»"),
        row(38, &"\x07".repeat(1000), "«<U+0007 x1000>»"),
        row(39, "\x7f", "«␡»"),
        row(40, "\x18\x1a", "«␘␚»"),
        row(41, "\x11\x13", "«␑␓»"),
        row(42, "one\u{85}two", "one«⏎»two"),
        row(43, "one\u{2028}two\u{2029}", "one«⏎»two«⏎»"),
    ]
}

fn invisible() -> Vec<Row> {
    vec![
        row(44, "user \u{202E}nimda\u{202C}", "user «<U+202E>»nimda«<U+202C>»"),
        row(45, "pay \u{202E}001$\u{202C} to Bob", "pay «<U+202E>»001$«<U+202C>» to Bob"),
        row(46, "\u{202A}\u{202B}\u{202D}", "«<U+202A><U+202B><U+202D>»"),
        row(47, "\u{2066}a\u{2069}\u{2067}\u{2068}", "«<U+2066>»a«<U+2069><U+2067><U+2068>»"),
        row(48, "\u{200E}\u{200F}\u{61C}", "«<U+200E><U+200F><U+061C>»"),
        kept(49, "\u{645}\u{631}\u{62D}\u{628}\u{627}"),
        kept(50, "\u{5E9}\u{5DC}\u{5D5}\u{5DD} 123"),
        row(51, "ad\u{200B}min", "ad«<U+200B>»min"),
        row(52, "\u{FEFF}x", "«<U+FEFF>»x"),
        row(53, &"\u{200B}".repeat(50_000), "«<U+200B x50000>»"),
        row(54, "in\u{AD}voice", "in«<U+00AD>»voice"),
        row(55, "\u{2060}\u{2061}\u{2064}", "«<U+2060><U+2061><U+2064>»"),
        row(56, "\u{3164}", "«<U+3164>»"),
        row(56, "\u{115F}\u{1160}\u{FFA0}", "«<U+115F><U+1160><U+FFA0>»"),
        row(57, &"\u{2800}".repeat(20), "«<U+2800 x20>»"),
        row(58, "a\u{34F}b", "a«<U+034F>»b"),
        row(59, "ok\u{E0064}\u{E0065}\u{E006C}\u{E0065}\u{E0074}\u{E0065}", "ok«<U+E0064.. x6>»"),
        row(
            60,
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "\u{1F3F4}«<U+E0067.. x6>»",
        ),
    ]
}

fn stacked() -> Vec<Row> {
    let letters = ["\u{1100}"; 64].join("«\u{B7}»");
    let conjuncts = ["\u{915}\u{94D}"; 32].join("«\u{B7}»");
    let women = format!("{}\u{1F469}«<U+200D>»", "\u{1F469}\u{200D}".repeat(5));
    vec![
        row(
            61,
            &format!("a{}", "\u{301}".repeat(1_000_000)),
            &format!("a{}«<+999994>»", "\u{301}".repeat(6)),
        ),
        row(
            62,
            &format!("\u{E01}{}", "\u{E49}".repeat(40)),
            &format!("\u{E01}{}«<+34>»", "\u{E49}".repeat(6)),
        ),
        row(63, "\u{301}a", "\u{25CC}\u{301}a"),
        kept(64, "a\u{488}b\u{20DD}c\u{20E3}"),
        row(64, &format!("a{}", "\u{20DD}".repeat(8)), &format!("a{}«<+2>»", "\u{20DD}".repeat(6))),
        row(65, &"\u{1100}".repeat(32_768), &format!("{letters}«<+32704>»")),
        row(66, &format!("{}Z", "\u{1100}".repeat(32_770)), &format!("{letters}«<+32706>»Z")),
        row(67, &format!("{}SECRET", "\u{1100}".repeat(100)), &format!("{letters}«<+36>»SECRET")),
        row(68, &format!("{}END", "\u{915}\u{94D}".repeat(20_000)), &format!("{conjuncts}«<+39936>»END")),
        row(69, &format!("{}a", "\u{600}".repeat(70_000)), "«<U+0600 x70000>»a"),
        row(70, &"\u{1F469}\u{200D}".repeat(12), &women.repeat(2)),
        kept(71, "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"),
        kept(72, "\u{646}\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}"),
        kept(73, "\u{915}\u{94D}\u{937}\u{924}\u{94D}\u{930}\u{93F}\u{92F}"),
        row(74, "\u{2764}\u{FE0F}Z", "\u{2764}Z"),
        row(74, "\u{26A0}\u{FE0F}", "\u{26A0}"),
        row(75, "1\u{FE0F}\u{20E3}", "1\u{20E3}"),
        kept(76, "\u{1F1E9}\u{1F1EA}\u{1F1E9}"),
        kept(77, "\u{1F3FD}"),
        kept(77, "\u{1F44D}\u{1F3FD}"),
        row(78, "\u{FDFD}\u{2E3B}\u{12031}", "\u{FDFD} \u{2E3B} \u{12031} "),
        row(78, "\u{FDFD} \u{2E3B}\tx", "\u{FDFD} \u{2E3B} x"),
        row(78, "a\u{2E3A}\nb", "a\u{2E3A} «⏎»b"),
        kept(79, "\u{FF76}\u{FF9E}"),
    ]
}

fn odd() -> Vec<Row> {
    vec![
        row(80, "\u{E0B0}\u{F8FF}\u{F0000}", "«<U+E0B0><U+F8FF><U+F0000>»"),
        row(80, "\u{10EEEE}\u{305}\u{305}", "«<U+10EEEE>»\u{25CC}\u{305}\u{305}"),
        row(81, "\u{FFFE}\u{FFFF}\u{1FFFE}\u{FDD0}", "«<U+FFFE><U+FFFF><U+1FFFE><U+FDD0>»"),
        row(82, "\u{378}\u{2FFE0}\u{E0FFF}", "«<U+0378><U+2FFE0><U+E0FFF>»"),
        row(83, "\u{FFF9}a\u{FFFA}b\u{FFFB}", "«<U+FFF9>»a«<U+FFFA>»b«<U+FFFB>»"),
        kept(84, "\u{FFFD}\u{FFFC}"),
        row(85, ".\u{A0}.\u{202F}.\u{2007}.\u{3000}.\u{205F}.\u{1680}.", ". . . .  . . ."),
        kept(86, "\u{430}d\u{43C}\u{456}n"),
        kept(87, "\u{2500}\u{2502}\u{250C}\u{2510}\u{2514}\u{2518}"),
        kept(88, "[system] Access granted by ADMIN"),
        kept(89, "<U+202E>"),
        kept(89, "\u{241B}"),
        kept(90, &"\u{FFFD}".repeat(3)),
        kept(91, "\u{1F600}"),
        row(93, &"a".repeat(10_000_000), &format!("{}«\u{2026}»", "a".repeat(999))),
        row(94, &"b".repeat(1_000_000), &format!("{}«\u{2026}»", "b".repeat(999))),
        kept(95, "%s%n{}{0}${x}`id`$(id)"),
        kept(96, "=HYPERLINK(\"http://x\")"),
        kept(96, "+cmd"),
        kept(96, "@x"),
        kept(96, "-1+1"),
        row(97, "../../etc/passwd\0", "../../etc/passwd«␀»"),
        kept(97, "-rf"),
        row(98, "failed \u{202E}yltcerroc", "failed «<U+202E>»yltcerroc"),
        row(99, &"\u{1F600}".repeat(5000), &format!("{}«\u{2026}»", "\u{1F600}".repeat(499))),
        row(100, "", "«(empty)»"),
        row(100, "   ", "«(empty)»"),
        row(100, "\t\u{A0}\u{3000}\u{FE0F}", "«(empty)»"),
        row(100, "\u{200B}\u{FE0F}\u{200B}", "«<U+200B x2>»"),
    ]
}
