import Threads

extension TrainingData {
  /// Reads both parts of one set, or one from each of two, at the same time.
  ///
  /// Where nothing to test with is kept apart and none is named, one picture in seven of each class is held
  /// out for it, the same every time.
  ///
  /// - Throws: ``DigitsError`` if a part is missing or broken, or if their classes do not go together.
  package init(
    _ path: String, test testPath: String?, _ options: Options
  ) throws(DigitsError) {
    let set = try DataSet(path)
    let tests =
      try testPath.map { (path) throws(DigitsError) in try DataSet(path) }
      ?? (set.hasTestPart ? set : nil)
    if let tests {
      let (first, second) = simultaneously {
        TrainingData.part(.training, of: set, options, classes: options.classes)
      } _: {
        TrainingData.part(.test, of: tests, options, classes: nil)
      }
      training = try first.get()
      test = try second.get()
      try test.match(training.classNames, leavingOut: options.classes != nil, file: tests.path)
    } else {
      training = try TrainingData.part(.training, of: set, options, classes: options.classes).get()
      test = training.removeOneInSeven()
      guard test.count > 0 else {
        throw .malformed(
          path, "has \(training.count) pictures, too few to hold some out for a test",
          "name others with --test-data")
      }
      test.name = "held out of \(training.name)"
    }
    if training.looksTransposed(isLikely: set.isLikelyTransposed && !options.isTransposed) {
      notes.append(TrainingData.note(path, isTransposed: options.isTransposed))
    }
  }

  private static func part(
    _ part: Part, of set: DataSet, _ options: Options, classes: [String]?
  ) -> Result<DigitSet, DigitsError> {
    Result { () throws(DigitsError) in
      var pictures = try set.read(
        part, isTransposed: options.isTransposed, threads: options.threads)
      if let classes { try pictures.choose(classes, file: set.path) }
      if part == .training { try ClassNames.check(pictures.classNames, file: set.path) }
      return pictures
    }
  }

  /// What to say of pictures that look transposed as they were read.
  package static func note(_ path: String, isTransposed: Bool) -> String {
    isTransposed
      ? "\(path): the pictures look as if rows and columns were exchanged now; leave --transpose out"
      : "\(path): the pictures look as if rows and columns were exchanged, as EMNIST's are; "
        + "give --transpose"
  }
}
