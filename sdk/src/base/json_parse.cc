// The front door: nlohmann's iterative parser drives a handler that builds our tree and is stricter
// than the parser. No other file includes nlohmann/json.
#include <cmath>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/json.h"
#include "base/utf8.h"

namespace greenlane::json {
namespace {

constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;
// RFC 8785 writes numbers below this without exponent. Refusing those that would so turn into integers
// beyond kMaxInteger means that whatever was read can be written and read again.
constexpr double kPlainBelow = 1e21;
constexpr std::size_t kFewKeys = 16;     // up to here comparing with every key beats an index
constexpr std::size_t kShownBytes = 60;  // of a key or number in a message

/// The text, one byte a step, telling how far the parser has read.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char** reached) noexcept : at_(at), reached_(reached) {}
  reference operator*() const noexcept { return *at_; }
  Cursor& operator++() noexcept {
    *reached_ = ++at_;
    return *this;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) noexcept { return a.at_ == b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

/// `text` for a message: not too long, and cut between characters.
std::string shown(std::string_view text) {
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return std::string(text.substr(0, end)) + "...";
}

Error error_at(std::string_view text, std::size_t offset, ErrorCode code, std::string message) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.line = 1;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] != '\n') continue;
    ++error.line;
    line_start = i + 1;
  }
  error.column = utf8::count(text.substr(line_start, offset - line_start)) + 1;
  return error;
}

/// An array or object that is being read.
struct Frame {
  Value container;
  std::string key;                              // of the member being read
  bool in_member = false;                       // whether `key` stands for one
  std::unique_ptr<std::set<std::string>> keys;  // once there are more than a few; ordered, so that
                                                // no choice of keys makes look-ups slow
};

class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {
    reached_ = token_ = text_.data();
  }

  Result<Value> read() {
    const char* const begin = text_.data();
    const char* const end = begin + text_.size();
    const bool done = nlohmann::json::sax_parse(Cursor(begin, &reached_), Cursor(end, &reached_), this);
    if (error_) return std::move(*error_);
    if (!done) return error_at(text_, 0, ErrorCode::internal, "JSON text was refused without a reason");
    return std::move(root_);
  }

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value(value)); }

  bool number_integer(number_integer_t value) override {
    if (limits_.number_chars < 20 && std::to_string(value).size() > limits_.number_chars) {
      return refuse_number_length();
    }
    if (value < -kMaxInteger || value > kMaxInteger) return refuse_integer(std::to_string(value));
    return add(Value(std::int64_t{value}));
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(kMaxInteger)) return refuse_integer(std::to_string(value));
    return number_integer(static_cast<number_integer_t>(value));
  }

  bool number_float(number_float_t value, const string_t& written) override {
    if (written.size() > limits_.number_chars) return refuse_number_length();
    const bool becomes_integer =
        std::fabs(value) > static_cast<double>(kMaxInteger) && std::fabs(value) < kPlainBelow;
    if (is_integer(written) || becomes_integer) return refuse_integer(written);
    return add(Value(value));
  }

  bool string(string_t& value) override {
    if (value.size() > limits_.string_bytes) return refuse_string_length();
    return add(Value(std::move(value)));
  }

  bool binary(binary_t&) override { return refuse(ErrorCode::internal, "JSON text has no binary values"); }

  bool start_object(std::size_t) override { return open(Value(Object())); }
  bool start_array(std::size_t) override { return open(Value(Array())); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    Frame& frame = frames_.back();
    frame.key = std::move(value);
    frame.in_member = true;
    const Object& members = frame.container.object();
    if (frame.key.size() > limits_.string_bytes) {
      frame.in_member = false;
      return refuse_string_length();
    }
    if (members.size() >= limits_.keys) {
      return refuse(ErrorCode::limit_exceeded,
                    "object has more than " + std::to_string(limits_.keys) + " keys; split it");
    }
    if (is_duplicate(frame)) {
      std::string message = "duplicate key ";
      append_quoted(message, shown(frame.key));
      return refuse(ErrorCode::invalid_json, message + "; each key may stand once in an object");
    }
    token_ = reached_;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception& problem) override {
    if (dynamic_cast<const nlohmann::detail::out_of_range*>(&problem) != nullptr) {
      if (last_token.size() > limits_.number_chars) return refuse_number_length();
      if (is_integer(last_token)) return refuse_integer(last_token);
      return refuse(ErrorCode::invalid_json, "number " + shown(last_token) +
                                                 " does not fit a double; write amounts as decimal strings");
    }
    // The position counts the byte that is wrong, and one more at the end of the text.
    const std::size_t offset = position == 0 ? 0 : std::min(position - 1, text_.size());
    return refuse_at(offset, ErrorCode::invalid_json,
                     "text is not JSON: " + reason(problem.what()) + read_until(offset));
  }

 private:
  static bool is_integer(const std::string& written) {
    return written.find_first_not_of("-0123456789") == std::string::npos;
  }

  /// The parser's own words without its name, its position and what it read.
  static std::string reason(std::string_view what) {
    constexpr std::string_view kBefore = "syntax error while ";
    if (const auto start = what.find(kBefore); start != what.npos) what.remove_prefix(start + kBefore.size());
    return std::string(what.substr(0, what.find("; last read: '")));
  }

  /// Where the token that is wrong starts: behind the one before and what separates them.
  std::size_t token_start() const {
    const std::size_t start =
        text_.find_first_not_of(" \t\r\n,:", static_cast<std::size_t>(token_ - text_.data()));
    return start == text_.npos ? text_.size() : start;
  }

  std::string read_until(std::size_t offset) const {
    const std::size_t start = token_start();
    std::size_t end = std::min(offset + 1, text_.size());
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0u) == 0x80u) ++end;
    if (start >= end) return {};
    std::string words = "; read ";
    append_quoted(words, shown(text_.substr(start, end - start)));
    return words;
  }

  /// Whether one more value may come here.
  bool admit() {
    if (++nodes_ > limits_.nodes) {
      return refuse(ErrorCode::limit_exceeded,
                    "text has more than " + std::to_string(limits_.nodes) + " values; split it");
    }
    if (!frames_.empty() && frames_.back().container.is_array() &&
        frames_.back().container.array().size() >= limits_.elements) {
      return refuse(ErrorCode::limit_exceeded,
                    "array has more than " + std::to_string(limits_.elements) + " elements; split it");
    }
    token_ = reached_;
    return true;
  }

  bool add(Value value) {
    if (!admit()) return false;
    // Only the byte behind a number shows its end, except at the end of the text.
    const bool number = value.is(Kind::integer) || value.is(Kind::number);
    if (number && std::strchr("+-.eE0123456789", token_[-1]) == nullptr) --token_;
    attach(std::move(value));
    return true;
  }

  void attach(Value value) {
    if (frames_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.container.is_array()) {
      frame.container.array().push_back(std::move(value));
      return;
    }
    frame.in_member = false;
    frame.container.object().push_back(Member{std::move(frame.key), std::move(value)});
  }

  bool open(Value container) {
    if (frames_.size() >= limits_.depth) {
      return refuse(ErrorCode::limit_exceeded,
                    "arrays and objects are nested deeper than " + std::to_string(limits_.depth) + " levels");
    }
    if (!admit()) return false;
    frames_.push_back(Frame{std::move(container), {}, false, nullptr});
    return true;
  }

  bool close() {
    token_ = reached_;
    Value done = std::move(frames_.back().container);
    frames_.pop_back();
    attach(std::move(done));
    return true;
  }

  static bool is_duplicate(Frame& frame) {
    const Object& members = frame.container.object();
    if (members.size() < kFewKeys) return frame.container.find(frame.key) != nullptr;
    if (frame.keys == nullptr) {
      frame.keys = std::make_unique<std::set<std::string>>();
      for (const Member& member : members) frame.keys->insert(member.key);
    }
    return !frame.keys->insert(frame.key).second;
  }

  bool refuse_integer(const std::string& written) {
    return refuse(ErrorCode::invalid_json,
                  "integer " + shown(written) + " is beyond \u00B1(2^53-1); write it as a string");
  }

  bool refuse_number_length() {
    return refuse(ErrorCode::limit_exceeded, "number is written with more than " +
                                                 std::to_string(limits_.number_chars) +
                                                 " characters; write long amounts as decimal strings");
  }

  bool refuse_string_length() {
    return refuse(ErrorCode::limit_exceeded,
                  "string is longer than " + std::to_string(limits_.string_bytes) + " bytes");
  }

  /// Refuses the token just read.
  bool refuse(ErrorCode code, std::string message) {
    return refuse_at(token_start(), code, std::move(message));
  }

  bool refuse_at(std::size_t offset, ErrorCode code, std::string message) {
    error_ = error_at(text_, offset, code, std::move(message));
    error_->pointer = pointer();
    return false;
  }

  std::string pointer() const {
    std::string place;
    for (const Frame& frame : frames_) {
      if (frame.container.is_array()) {
        place = pointer_child(place, frame.container.array().size());
      } else if (frame.in_member) {
        place = pointer_child(place, frame.key);
      }
    }
    return place;
  }

  std::string_view text_;
  const Limits& limits_;
  const char* reached_ = nullptr;  // behind the last byte the parser took
  const char* token_ = nullptr;    // the same when the token before this one was handled
  std::vector<Frame> frames_;
  std::size_t nodes_ = 0;
  Value root_;
  std::optional<Error> error_;
};

/// What can be said about the bytes before any of them is taken for JSON.
std::optional<Error> check_bytes(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) {
    return error_at(text, 0, ErrorCode::limit_exceeded,
                    "text has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                        std::to_string(limits.bytes));
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    return error_at(text, 0, ErrorCode::invalid_json,
                    "text starts with a byte order mark; save it as UTF-8 without one");
  }
  if (const std::size_t bad = utf8::first_invalid(text); bad != utf8::kValid) {
    return error_at(text, bad, ErrorCode::invalid_encoding,
                    "byte at offset " + std::to_string(bad) + " is not UTF-8; JSON text must be UTF-8");
  }
  // The parser would take it for the end of the text.
  if (const std::size_t zero = text.find('\0'); zero != text.npos) {
    return error_at(text, zero, ErrorCode::invalid_json,
                    "text is not JSON: it has a zero byte; write \\u0000 in a string");
  }
  return std::nullopt;
}

}  // namespace

Result<Value> parse(std::string_view text, const Limits& limits) {
  if (auto error = check_bytes(text, limits)) return std::move(*error);
  return Builder(text, limits).read();
}

}  // namespace greenlane::json
