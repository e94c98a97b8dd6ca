/// The ways to write a digit that the built-in handwriting knows, as a pen moves.
///
/// One line is one way, an allograph:
///
///     2  4  aspect=.85 slant=.1 | 8,25 40,0 82,20 60,55 5,97* 50,97 97,95
///
/// the digit, its weight among the ways to write that digit, options, and after each `|` a stroke:
/// the points the pen passes, in percent of a box with 0,0 at its upper left. The pen goes through the
/// points in a smooth curve; a `*` marks a corner. A line with `all` for a weight sets the options of
/// the lines below it for that digit. ``Style`` lists the options.
///
/// The shapes were drawn by eye after the MNIST *training* digits: what ways there are, and roughly how
/// often each is taken. Weights lie between those shares and equal ones, because the ways that few writers take are
/// the hard ones to learn. A way that most readers would take for another digit is left out: it teaches doubt about
/// both.
enum Allographs {
  /// All of them, digit by digit.
  static let text = zeroToFour + "\n" + fiveToNine
}
