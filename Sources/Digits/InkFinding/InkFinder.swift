/// Tells the ink of a digit from the page it is on.
enum InkFinder {
  /// The long side that pictures are brought down to first, in pixels.
  static let workingSide = 256

  /// What was found.
  struct Finding {
    /// The ink alone, 0...1, cut out.
    var ink: Plane
    /// Whether the ink is darker than the page.
    var isDark: Bool
    /// Whether it hardly differs from noise, from what a page would look like, or from a cross.
    let isDoubtful: Bool
    /// Where it is on the picture.
    var box: PixelBox
  }

  /// The ink of the digit on a picture, nil if there is none.
  static func find(_ picture: Picture) -> Finding? {
    guard picture.width > 0, picture.height > 0 else { return nil }
    let whole = PixelBox(left: 0, top: 0, width: picture.width, height: picture.height)
    guard let finding = find(picture, in: whole, isWhole: true) else { return nil }
    // A small digit on a large page is looked at again from nearer.
    let long = max(finding.box.width, finding.box.height)
    let page = max(whole.width, whole.height)
    guard page > workingSide, 3 * long < page else { return finding }
    let near = finding.box.grown(
      by: long / 2 + 2, width: picture.width, height: picture.height)
    let nearer = find(picture, in: near, isWhole: false)
    return nearer?.isDark == finding.isDark ? nearer : finding
  }

  private static func find(
    _ picture: Picture, in start: PixelBox, isWhole: Bool
  ) -> Finding? {
    var region = start
    var plane = Plane(picture, in: region, limit: workingSide)
    if isWhole {
      let inner = EdgeLines(plane).inner
      if inner.width < plane.width || inner.height < plane.height {
        let box = scaled(inner, from: plane, to: region)
        plane = plane.cropped(to: inner)
        region = box
      }
    }
    let texture = Texture(plane)
    guard texture != .noise, let (layer, isAmbiguous) = layer(of: plane),
      let parts = InkParts(layer.difference, threshold: layer.level.threshold)
    else { return nil }
    let ink = cutOut(parts, of: layer)
    return Finding(
      ink: ink, isDark: layer.isDark,
      isDoubtful: isAmbiguous || texture == .ragged || CrossShape.matches(ink),
      box: scaled(parts.box, from: plane, to: region))
  }

  /// The share of ink of each pixel, 0...1, where the digit is.
  private static func cutOut(_ parts: InkParts, of layer: InkLayer) -> Plane {
    let box = parts.box
    var ink = layer.difference.cropped(to: box)
    for y in 0..<box.height {
      for x in 0..<box.width {
        let isInk = parts.covers(box.left + x, box.top + y)
        ink[x, y] = isInk ? layer.level.share(ink[x, y]) : 0
      }
    }
    return ink
  }

  /// The ink of a plane, on whichever of its two sides it is.
  private static func layer(of plane: Plane) -> (InkLayer, isAmbiguous: Bool)? {
    guard let layer = InkLayer(plane, on: Background(plane)) else { return nil }
    let mask = layer.mask
    let shape = PolarityShape(mask, width: plane.width, height: plane.height)
    guard shape.borderShare > 0.1 else { return (layer, false) }
    let isAmbiguous = abs(shape.evidence) < 1
    guard shape.evidence < 0 else { return (layer, isAmbiguous) }
    let page = Background(plane, where: mask)
    return (InkLayer(plane, on: page, isDark: !layer.isDark) ?? layer, isAmbiguous)
  }

  /// A box of the working plane in the picture's own pixels.
  private static func scaled(
    _ box: PixelBox, from plane: Plane, to region: PixelBox
  ) -> PixelBox {
    let left = region.left + box.left * region.width / plane.width
    let top = region.top + box.top * region.height / plane.height
    let right = region.left + (box.left + box.width) * region.width / plane.width
    let bottom = region.top + (box.top + box.height) * region.height / plane.height
    return PixelBox(left: left, top: top, width: right - left, height: bottom - top)
  }
}
