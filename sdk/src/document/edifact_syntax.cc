#include "document/edifact_syntax.h"

#include <algorithm>
#include <array>

#include "document/formats.h"

namespace greenlane::document {
namespace {

struct Set {
  std::string_view identifier;
  std::string_view title;
  std::string_view encoding;  ///< "" for ASCII
};

// ISO 9735-1, code list 0001. UNOX and KECA switch between sets by escape sequences and are not read.
constexpr std::array<Set, 14> sets = {{
    {"UNOA", "ASCII", ""},
    {"UNOB", "ASCII", ""},
    {"UNOC", "ISO 8859-1", "iso-8859-1"},
    {"UNOD", "ISO 8859-2", "iso-8859-2"},
    {"UNOE", "ISO 8859-5", "iso-8859-5"},
    {"UNOF", "ISO 8859-7", "iso-8859-7"},
    {"UNOG", "ISO 8859-3", "iso-8859-3"},
    {"UNOH", "ISO 8859-4", "iso-8859-4"},
    {"UNOI", "ISO 8859-6", "iso-8859-6"},
    {"UNOJ", "ISO 8859-8", "iso-8859-8"},
    {"UNOK", "ISO 8859-9", "iso-8859-9"},
    {"UNOL", "ISO 8859-15", "iso-8859-15"},
    {"UNOW", "UTF-8", "utf-8"},
    {"UNOY", "UTF-8", "utf-8"},
}};

bool is_letter_or_digit(char c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// U+0080 to U+009F: the bytes 80 to 9F of the sets of ISO 8859, which are controls and no characters there.
bool has_controls(std::string_view text) noexcept {
  for (std::size_t at = text.find('\xC2'); at != std::string_view::npos; at = text.find('\xC2', at + 1)) {
    if (static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
  }
  return false;
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string text(bytes);
  for (char& c : text) {
    if (c < ' ' || c > '~') c = '.';
  }
  return text;
}

Result<EdifactCharacters> EdifactCharacters::from_advice(std::string_view six) {
  EdifactCharacters made;
  made.component = six[0];
  made.element = six[1];
  // six[2] is the decimal mark; numbers are read with either, as ISO 9735-1 asks for.
  made.release = six[3] == ' ' ? '\0' : six[3];
  made.repetition = six[4] == ' ' ? '\0' : six[4];
  made.terminator = six[5];
  const std::array<char, 4> used = {made.component, made.element, made.terminator, made.release};
  const auto usable = [](char c) { return c != '\0' && static_cast<unsigned char>(c) < 0x80 && !is_letter_or_digit(c); };
  for (std::size_t i = 0; i < used.size(); ++i) {
    const bool none = i == 3 && used[i] == '\0';
    if (none || (usable(used[i]) && std::count(used.begin(), used.end(), used[i]) == 1)) continue;
    return make_error(ErrorCode::invalid_message, "the service string advice " + in_quotes("UNA" + printable(six)) +
                                                      " cannot be used; expected separators that differ, such as UNA:+.? '");
  }
  // Before version 4 the fifth place was reserved, and some fill it with a character that means something else.
  const bool taken = std::count(used.begin(), used.end(), made.repetition) != 0;
  if (taken || !usable(made.repetition)) made.repetition = '\0';
  return made;
}

EdifactCharacters EdifactCharacters::usual(std::string_view unb) noexcept {
  EdifactCharacters made;
  if (unb.size() > 3 && unb[3] == '\x1D') {
    made.component = '\x1F';
    made.element = '\x1D';
    made.release = made.repetition = '\0';
    made.terminator = '\x1C';
  }
  return made;
}

Result<EdifactCharset> EdifactCharset::named(std::string_view identifier) {
  const auto* const set = std::find_if(sets.begin(), sets.end(), [&](const Set& s) { return s.identifier == identifier; });
  if (set == sets.end()) {
    return make_error(ErrorCode::invalid_message, "syntax identifier " + in_quotes(printable(identifier)) +
                                                      " is not read; expected UNOA to UNOL, UNOW or UNOY");
  }
  EdifactCharset made;
  made.title_ = std::string(set->title) + " (" + std::string(identifier) + ")";
  if (!set->encoding.empty()) {
    auto decoder = TextDecoder::make(set->encoding);
    if (!decoder) return std::move(decoder).error();
    made.decoder_ = *std::move(decoder);
  }
  return made;
}

bool EdifactCharset::decode(std::string_view bytes, std::string& out) {
  const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    out += bytes;
    return true;
  }
  if (decoder_ == nullptr) return false;
  const std::size_t before = out.size();
  decoder_->decode(bytes, true, out);
  const std::string_view text = std::string_view(out).substr(before);
  return text.find(undecodable) == std::string_view::npos && !has_controls(text);
}

}  // namespace greenlane::document
