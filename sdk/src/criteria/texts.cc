// Comparing texts of people: case, white space and punctuation do not matter.
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/utf8.h"
#include "cel/library.h"
#include "criteria/language.h"

namespace greenlane::criteria {
namespace {

using cel::CallContext;
using cel::Value;

bool is_wide(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_hasBinaryProperty(point, UCHAR_IDEOGRAPHIC) != 0 || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xAC00 && c <= 0xD7A3);
}

bool is_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }

/// Folded case, one blank for any white space, no white space or punctuation at the ends.
std::string normalized(std::string_view text) {
  std::string folded;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))).foldCase().toUTF8String(folded);
  std::string out;
  std::string pending;  // blanks and punctuation that count only if something follows
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = utf8::decode(folded, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) != 0) {
      if (!pending.ends_with(' ')) pending += ' ';
    } else if (!is_word(c)) {
      utf8::append(pending, c);
    } else {
      if (!out.empty()) out += pending;
      pending.clear();
      utf8::append(out, c);
    }
  }
  return out;
}

bool word_ends_before(const std::string& text, std::size_t at) {
  if (at == 0) return true;
  std::size_t start = at - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u) --start;
  const char32_t c = utf8::decode(text, start);
  return !is_word(c) || is_wide(c);
}

bool word_starts_after(const std::string& text, std::size_t at) {
  if (at >= text.size()) return true;
  const char32_t c = utf8::decode(text, at);
  return !is_word(c) || is_wide(c);
}

/// Whether `term` stands in `text` as a word of its own; scripts without blanks between words have no
/// words to respect. REQUIRES: both normalized.
bool mentions(const std::string& text, const std::string& term) {
  if (term.empty()) return false;
  std::size_t first = 0;
  const bool free = is_wide(utf8::decode(term, first));
  for (std::size_t at = text.find(term); at != std::string::npos; at = text.find(term, at + 1)) {
    if (free || (word_ends_before(text, at) && word_starts_after(text, at + term.size()))) return true;
  }
  return false;
}

Value normalized_text(const CallContext& context, const Value* a) {
  cel::spend(context, a[0].text().size() / 10);
  return Value::string(normalized(a[0].text()));
}

Value mentions_term(const CallContext& context, const Value* a) {
  cel::spend(context, a[0].text().size() / 10);
  return Value(mentions(normalized(a[0].text()), normalized(a[1].text())));
}

Value mentions_any(const CallContext& context, const Value* a) {
  const auto& set = *static_cast<const CodeSet*>(a[1].as<cel::OpaqueValue>().data);
  const std::string text = normalized(a[0].text());
  cel::spend(context, set.elements().size() * (1 + text.size() / 100));
  for (const std::string& term : set.elements()) {
    if (!mentions(text, normalized(term))) continue;
    const auto* host = static_cast<const EvaluationHost*>(context.host);
    if (host != nullptr && host->matched != nullptr) host->matched->push_back(&set.name());
    return Value(true);
  }
  return Value(false);
}

}  // namespace

void add_texts(cel::FunctionTable& functions) {
  cel::Declare declare(functions);
  const cel::TypeRef s = cel::types::simple(cel::TypeKind::string);
  declare.sized("normalized", true, {s}, s, normalized_text);
  declare.question("mentions", true, {s, s}, mentions_term, true);
  declare.question("mentions", true, {s, cel::types::opaque("list of codes")}, mentions_any, true);
}

}  // namespace greenlane::criteria
