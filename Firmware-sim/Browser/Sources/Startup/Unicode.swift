// What Embedded Swift's strings ask of Unicode's tables, which would be a quarter of a module. Here every character
// stands for itself and is a letter; names in a model image are compared and checked by the browser (`names.js`),
// which has the tables.

/// Nothing has to be normalized.
@c(_swift_stdlib_getNormData)
public func normalizationData(_ scalar: UInt32) -> UInt16 { 0 }

/// No two characters are written as one.
@c(_swift_stdlib_getComposition)
public func composition(_ first: UInt32, _ second: UInt32) -> UInt32 { .max }

/// Never asked, as nothing is normalized.
@c(_swift_stdlib_getDecompositionEntry)
public func decomposition(_ scalar: UInt32) -> UInt32 { 0 }

/// A small letter.
@c(_swift_stdlib_getGeneralCategory)
public func generalCategory(_ scalar: UInt32) -> UInt8 { 1 }

/// No property that would join it with its neighbors.
@c(_swift_stdlib_getGraphemeBreakProperty)
public func graphemeBreakProperty(_ scalar: UInt32) -> UInt8 { 0xFF }

/// No picture.
@c(_swift_stdlib_isExtendedPictographic)
public func isExtendedPictographic(_ scalar: UInt32) -> Bool { false }

/// No consonant that joins others.
@c(_swift_stdlib_isInCB_Consonant)
public func isInCBConsonant(_ scalar: UInt32) -> Bool { false }
