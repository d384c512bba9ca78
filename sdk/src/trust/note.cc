#include "trust/note.h"

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "base/text.h"
#include "base/utf8.h"
#include "crypto/digest.h"
#include "trust/key_ring.h"

namespace greenlane::trust {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // em dash, blank
constexpr std::size_t hash_bytes = 4;

struct SignatureLine {
  std::string_view name;
  std::string hash;
  std::string signature;
};

Error no_note(std::string message, std::size_t line = 0) {
  return {.code = ErrorCode::invalid_document, .message = "no signed note: " + std::move(message), .line = line};
}

bool is_unicode_space(char32_t c) noexcept {
  return c <= 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

/// Whether a name may stand in a note, as the specification says it.
bool is_any_name(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = utf8::decode(name, at);
    if (is_unicode_space(c) || c == U'+') return false;
  }
  return !name.empty();
}

Result<SignatureLine> read_line(std::string_view line, std::size_t number) {
  if (!line.starts_with(dash)) return no_note("a signature line begins with \"\xE2\x80\x94 \"", number);
  line.remove_prefix(dash.size());
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !is_any_name(line.substr(0, blank))) {
    return no_note("a signature line has a name and a signature", number);
  }
  const auto bytes = decode_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() <= hash_bytes) return no_note("a signature is base64 of more than 4 bytes", number);
  return SignatureLine{line.substr(0, blank), bytes->substr(0, hash_bytes), bytes->substr(hash_bytes)};
}

struct Note {
  std::string_view text;
  std::vector<SignatureLine> lines;
};

Result<Note> read_note(std::string_view bytes) {
  if (bytes.size() > max_note_bytes) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the note has " + std::to_string(bytes.size()) + " bytes; at most 65536 are taken"};
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (!utf8::is_valid(bytes) || std::any_of(bytes.begin(), bytes.end(), is_control)) {
    return no_note("it is not UTF-8 without control characters");
  }
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos || !bytes.ends_with('\n')) return no_note("it has a text, an empty line and lines of signatures");
  Note note{bytes.substr(0, gap + 1), {}};
  auto lines = text::split(bytes.substr(gap + 2), '\n');
  lines.pop_back();
  if (lines.empty()) return no_note("it has no signature");
  if (lines.size() > max_note_signatures) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the note has " + std::to_string(lines.size()) + " signatures; at most 100 are taken"};
  }
  std::size_t number = static_cast<std::size_t>(std::count(note.text.begin(), note.text.end(), '\n')) + 1;
  for (const std::string_view line : lines) {
    auto read = read_line(line, ++number);
    if (!read.ok()) return std::move(read).error();
    note.lines.push_back(*std::move(read));
  }
  return note;
}

}  // namespace

bool is_note_name(std::string_view name) noexcept {
  const auto fits = [](char c) { return c > ' ' && c <= '~' && c != '+'; };
  return !name.empty() && name.size() <= max_note_name_bytes && std::all_of(name.begin(), name.end(), fits);
}

std::string note_key_hash(std::string_view name, const crypto::PublicKey& key) {
  std::string bytes = std::string(name) + '\n';
  if (key.scheme() == crypto::Scheme::ed25519) {
    // The key is the end of its SubjectPublicKeyInfo (RFC 8410).
    bytes += '\x01';
    bytes += key.der().substr(key.der().size() - 32);
  } else {
    bytes += "\xFFgreenlane/";
    bytes.append(algorithm_name(key.scheme())).append("\n").append(key.der());
  }
  return std::string(crypto::bytes_of(crypto::Sha256().digest(bytes)).substr(0, hash_bytes));
}

std::string to_note(std::string_view text, std::string_view name, const std::vector<KeySignature>& signatures) {
  std::string note = std::string(text) + '\n';
  for (const KeySignature& signature : signatures) {
    note.append(dash).append(name).append(" ").append(encode_base64(note_key_hash(name, signature.key) + signature.bytes)).append("\n");
  }
  return note;
}

Result<std::string> open_note(std::string_view bytes, std::string_view name, const std::vector<crypto::PublicKey>& keys) {
  const auto note = read_note(bytes);
  if (!note.ok()) return note.error();
  bool is_signed = false;
  for (const SignatureLine& line : note->lines) {
    if (line.name != name) continue;
    bool known = false, good = false;
    for (const crypto::PublicKey& key : keys) {
      if (note_key_hash(name, key) != line.hash) continue;
      known = true;
      good = good || key.verify(note->text, line.signature);
    }
    if (known && !good) {
      return Error{.code = ErrorCode::not_trusted, .message = "a signature of the note under the name " + std::string(name) + " is wrong"};
    }
    is_signed = is_signed || good;
  }
  if (is_signed) return std::string(note->text);
  return Error{.code = ErrorCode::not_trusted,
               .message = "none of the " + std::to_string(keys.size()) + " keys that may sign the note under the name " +
                          std::string(name) + " has signed it"};
}

}  // namespace greenlane::trust
