import Foundation

print("not built yet")
