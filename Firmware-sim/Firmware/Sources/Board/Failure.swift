/// Prints what went wrong and ends with its code.
@inline(never)
package func stop(_ text: StaticString, _ code: Int) -> Never {
  Host.print(text)
  Host.exit(code)
}
