#if os(Linux)
  import Foundation

  /// A small disk that is mounted for a test.
  enum MountedDisk {
    /// Whether disks can be mounted here: a container's root may not be able to.
    static let isPossible: Bool = {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("mount-\(UUID().uuidString)").path
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      } catch { return false }
      defer { try? FileManager.default.removeItem(atPath: folder) }
      guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
      return umount(folder) == 0
    }()
  }
#endif
