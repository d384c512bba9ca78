// CEL's strings library (cel-go, ext/strings): positions count Unicode code points from 0.
#include <unicode/uchar.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/utf8.h"
#include "cel/library.h"
#include "cel/text_search.h"

namespace greenlane::cel {
namespace {

using Sizes = std::span<const std::uint64_t>;

std::size_t arity(const CallContext& context) { return context.call.args.size(); }

/// The byte where code point number `index` begins, the text's size for the one behind the last; nullopt outside.
std::optional<std::size_t> byte_of(std::string_view text, std::int64_t index) {
  if (index < 0) return std::nullopt;
  std::size_t at = 0;
  for (; index > 0; --index) {
    if (at >= text.size()) return std::nullopt;
    utf8::decode(text, at);
  }
  return at;
}

Value outside(std::int64_t index, std::string_view text) {
  return Value::error("position " + std::to_string(index) + " is outside a text of " + std::to_string(utf8::count(text)) +
                      " characters; positions count from 0");
}

/// A part of a text, which shares its memory.
Value part(const Value& of, std::string_view text) { return Value(StringValue{text, of.as<StringValue>().owner}); }

Value char_at(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  const std::int64_t index = a[1].as<std::int64_t>();
  spend(context, text.size() / 10);
  const auto begin = byte_of(text, index);
  if (!begin) return outside(index, text);
  std::size_t end = *begin;
  if (end < text.size()) utf8::decode(text, end);
  return part(a[0], text.substr(*begin, end - *begin));
}

Value substring(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  spend(context, text.size() / 10);
  const std::int64_t first = a[1].as<std::int64_t>();
  const auto begin = byte_of(text, first);
  if (!begin) return outside(first, text);
  if (arity(context) == 2) return part(a[0], text.substr(*begin));
  const std::int64_t last = a[2].as<std::int64_t>();
  const auto end = byte_of(text, last);
  if (!end) return outside(last, text);
  if (*end < *begin) {
    return Value::error("a part of a text cannot end (" + std::to_string(last) + ") before it begins (" + std::to_string(first) + ")");
  }
  return part(a[0], text.substr(*begin, *end - *begin));
}

Value position(std::string_view text, std::size_t byte) {
  if (byte == std::string_view::npos) return Value(std::int64_t{-1});
  return Value(static_cast<std::int64_t>(utf8::count(text.substr(0, byte))));
}

template <bool last>
Value index_of(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  spend(context, (text.size() + a[1].text().size()) / 10);
  std::size_t start = last ? text.size() : 0;
  if (arity(context) == 3) {
    const auto from = byte_of(text, a[2].as<std::int64_t>());
    if (!from) return outside(a[2].as<std::int64_t>(), text);
    start = *from;
  }
  return position(text, last ? find_last_text(text, a[1].text(), start) : find_text(text, a[1].text(), start));
}

template <char first, char last, int shift>
Value change_case(const CallContext& context, const Value* a) {
  std::string text(a[0].text());
  spend(context, text.size() / 10);
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c + shift);
  }
  return Value::string(std::move(text));
}

Value trim(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  spend(context, text.size() / 10);
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (u_isUWhiteSpace(static_cast<UChar32>(utf8::decode(text, at)))) continue;
    begin = std::min(begin, here);
    end = at;
  }
  return part(a[0], begin < end ? text.substr(begin, end - begin) : std::string_view{});
}

Value reverse(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  spend(context, text.size() / 10);
  std::string reversed(text.size(), '\0');
  std::size_t to = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    utf8::decode(text, at);
    to -= at - here;
    text.copy(reversed.data() + to, at - here, here);
  }
  return Value::string(std::move(reversed));
}

Value quote(const CallContext& context, const Value* a) {
  static constexpr std::string_view from = "\a\b\f\n\r\t\v\\\"";
  static constexpr std::string_view to = "abfnrtv\\\"";
  const std::string_view text = a[0].text();
  spend(context, text.size() / 5);
  std::string quoted = "\"";
  for (const char c : text) {
    const std::size_t escape = from.find(c);
    if (escape != std::string_view::npos) quoted += '\\';
    quoted += escape != std::string_view::npos ? to[escape] : c;
    if (quoted.size() > max_built_bytes) return text_too_long();
  }
  return Value::string(quoted + "\"");
}

/// The bytes of the code point at `at`, at least one.
std::size_t next_length(std::string_view text, std::size_t at) {
  std::size_t behind = at;
  utf8::decode(text, behind);
  return behind - at;
}

/// How many parts or replacements are wanted: argument `index` where there is one; a negative one means all.
std::size_t limit_of(const CallContext& context, const Value* a, std::size_t index) {
  const std::int64_t limit = arity(context) > index ? a[index].as<std::int64_t>() : -1;
  return limit < 0 ? std::numeric_limits<std::size_t>::max() : static_cast<std::size_t>(limit);
}

Value split(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  const std::string_view separator = a[1].text();
  const std::size_t allowed = limit_of(context, a, 2);
  spend(context, (text.size() + separator.size()) / 10);
  std::vector<Value> parts;
  if (allowed == 0 || (separator.empty() && text.empty())) return Value::list({});
  std::size_t begin = 0;
  while (parts.size() + 1 < allowed) {
    // Without a separator every character is a part.
    const std::size_t end = separator.empty() ? begin + next_length(text, begin) : find_text(text, separator, begin);
    if (end == std::string_view::npos || (separator.empty() && end == text.size())) break;
    parts.push_back(part(a[0], text.substr(begin, end - begin)));
    begin = end + separator.size();
    if (parts.size() == max_built_elements) break;
  }
  spend(context, parts.size() + 1);
  if (parts.size() == max_built_elements) return list_too_long();
  parts.push_back(part(a[0], text.substr(begin)));
  return Value::list(std::move(parts));
}

Value replace(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  const std::string_view old = a[1].text();
  const std::string_view replacement = a[2].text();
  const std::size_t allowed = limit_of(context, a, 3);
  std::string made;
  std::size_t begin = 0;
  for (std::size_t done = 0; done < allowed; ++done) {
    // An empty text is found before every character and at the end.
    const bool steps = old.empty() && done > 0;
    const std::size_t step = !steps ? 0 : (begin < text.size() ? next_length(text, begin) : 1);
    const std::size_t found = find_text(text, old, begin + step);
    if (found == std::string_view::npos) break;
    made.append(text.substr(begin, found - begin)).append(replacement);
    begin = found + old.size();
    if (made.size() > max_built_bytes) break;
  }
  made.append(text.substr(begin));
  // Also what is refused has been work.
  spend(context, (text.size() + old.size() + made.size()) / 10);
  return made.size() > max_built_bytes ? text_too_long() : Value::string(std::move(made));
}

Value join(const CallContext& context, const Value* a) {
  const auto& list = a[0].as<ListValue>();
  const std::string_view separator = arity(context) == 2 ? a[1].text() : std::string_view{};
  std::string joined;
  std::optional<Value> unknown;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value element = list.at(i);
    spend(context, 1);
    if (element.is<Undetermined>()) {
      unknown = unknown ? merge_undetermined(*unknown, element) : element;
      continue;
    }
    if (element.is<ErrorValue>()) return element;
    if (!element.is<StringValue>()) return Value::error("'join' takes a list of texts, but it holds " + show(element));
    if (i > 0) joined += separator;
    joined += element.text();
    if (joined.size() > max_built_bytes) break;
  }
  spend(context, joined.size() / 10);
  if (joined.size() > max_built_bytes) return text_too_long();
  return unknown ? *unknown : Value::string(std::move(joined));
}

Work look_through(Sizes sizes) { return {sizes[0] / 10 + (sizes.size() > 1 ? sizes[1] / 10 : 0), sizes[0]}; }
Work one_character(Sizes sizes) { return {sizes[0] / 10, 1}; }
Work twice(Sizes sizes) { return {sizes[0] / 5, 2 * sizes[0] + 2}; }
Work pieces(Sizes sizes) { return {(sizes[0] + sizes[1]) / 10 + sizes[0] + 1, std::min(sizes[0] + 1, max_built_elements)}; }
Work replaced(Sizes sizes) {
  const std::uint64_t size = std::min(sizes[0] + (sizes[0] + 1) * sizes[2], max_built_bytes);
  return {(sizes[0] + sizes[1] + size) / 10 + 1, size};
}
Work joined(Sizes sizes) {
  const std::uint64_t separator = sizes.size() > 1 ? sizes[1] : 0;
  const std::uint64_t size = std::min(sizes[0] * (assumed_size + separator), max_built_bytes);
  return {sizes[0] + size / 10, size};
}

void add_positions(Declare& declare) {
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef i = types::simple(TypeKind::integer);
  declare.worked("charAt", true, {s, i}, s, char_at, one_character);
  declare.worked("substring", true, {s, i}, s, substring, [](Sizes sizes) { return Work{sizes[0] / 10, sizes[0]}; });
  declare.worked("substring", true, {s, i, i}, s, substring, [](Sizes sizes) { return Work{sizes[0] / 10, sizes[0]}; });
  declare.worked("indexOf", true, {s, s}, i, index_of<false>, look_through);
  declare.worked("indexOf", true, {s, s, i}, i, index_of<false>, look_through);
  declare.worked("lastIndexOf", true, {s, s}, i, index_of<true>, look_through);
  declare.worked("lastIndexOf", true, {s, s, i}, i, index_of<true>, look_through);
}

}  // namespace

void add_string_extensions(FunctionTable& table) {
  Declare declare(table);
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef i = types::simple(TypeKind::integer);
  const TypeRef texts = types::list(s);
  add_positions(declare);
  declare.worked("lowerAscii", true, {s}, s, change_case<'A', 'Z', 'a' - 'A'>, look_through);
  declare.worked("upperAscii", true, {s}, s, change_case<'a', 'z', 'A' - 'a'>, look_through);
  declare.worked("trim", true, {s}, s, trim, look_through);
  declare.worked("reverse", true, {s}, s, reverse, look_through);
  declare.worked("strings.quote", false, {s}, s, quote, twice);
  declare.worked("split", true, {s, s}, texts, split, pieces);
  declare.worked("split", true, {s, s, i}, texts, split, pieces);
  declare.worked("replace", true, {s, s, s}, s, replace, replaced);
  declare.worked("replace", true, {s, s, s, i}, s, replace, replaced);
  declare.worked("join", true, {texts}, s, join, joined);
  declare.worked("join", true, {texts, s}, s, join, joined);
}

}  // namespace greenlane::cel
