use super::*;

fn mistake(text: &str) -> (usize, usize, String) {
    let Mistake { span, message } = parse(text).expect_err(text);
    let (line, column) = place(text, span.start);
    (line, column, message)
}

#[test]
fn what_is_given_first_holds() {
    let given = |text: &str| parse(text).expect("a sound file");
    let file = given("inputs = ['a', 'b']\noutput = 'out'\nbase_url = '/docs/'");
    let flags = given("output = 'elsewhere'");
    let settings = flags.or(file).expect("nothing is missing");
    assert_eq!(settings.inputs, [Path::new("a"), Path::new("b")]);
    assert_eq!(settings.output, Path::new("elsewhere"));
    assert_eq!(settings.base_url, "/docs/");
    let missing = given("inputs = ['a']").or(Given::default()).expect_err("without output");
    assert_eq!(missing.name, "output");
}

#[test]
fn paths_are_relative_to_the_file() {
    let given = parse("inputs = ['docs', '/abs']\noutput = '../out'\nbase_url = 'u'");
    let given = given.expect("a sound file").below(Path::new("site"));
    let inputs = given.inputs.expect("inputs");
    assert_eq!(inputs, [Path::new("site/docs"), Path::new("/abs")]);
    assert_eq!(given.output.as_deref(), Some(Path::new("site/../out")));
    assert_eq!(given.base_url.as_deref(), Some("u"));
}

#[test]
fn an_unknown_key_has_a_place_and_a_neighbour() {
    let (line, column, message) = mistake("# 注释\n\n  ouput = 'x'\nzzz = 1\n");
    assert_eq!((line, column), (3, 3));
    assert!(message.starts_with("there is no key `ouput`; did you mean `output`? "), "{message}");
    let (line, _, message) = mistake("base-url = ''");
    assert!(line == 1 && message.contains("did you mean `base_url`?"), "{message}");
    let (_, _, message) = mistake("zzz = 1");
    assert!(!message.contains("did you mean") && message.contains("inputs, output"), "{message}");
    let (line, column, message) = mistake("inputs = []\n[build]\n");
    assert_eq!((line, column), (2, 2), "{message}");
}

#[test]
fn a_wrong_value_has_a_place_and_an_example() {
    let (line, column, message) = mistake("output = 'x'\ninputs = 'docs'");
    assert_eq!((line, column), (2, 10));
    assert!(message.ends_with("for example `inputs = [\"docs\"]`"), "{message}");
    let (line, column, message) = mistake("inputs = [\n  '文档', 3,\n]");
    assert_eq!((line, column), (2, 9), "{message}");
    let (line, _, message) = mistake("inputs = ['a']\noutput = \"x\nbase_url = ''");
    assert!(line == 2 && message.ends_with("correct this line"), "{message}");
    let (line, _, message) = mistake("output = 'a'\noutput = 'b'");
    assert!(line == 2 && message.contains("duplicate key"), "{message}");
}
