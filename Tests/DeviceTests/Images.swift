import Digits

/// Digits that the project draws itself.
let handwriting = Handwriting(seed: 3).set(count: 100, stream: .test)
