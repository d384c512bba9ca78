#include "document/edifact_tokenizer.h"

#include <algorithm>
#include <array>

#include "document/formats.h"

namespace greenlane::document {
namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;
constexpr std::size_t tag_size = 3;
constexpr std::size_t advice_size = 9;  // "UNA" and six characters
constexpr std::size_t shown_size = 20;  // of what is no segment

bool is_blank(char c) noexcept {
  // 0x1A is the end-of-file character of old systems.
  return c == '\r' || c == '\n' || c == ' ' || c == '\t' || c == '\x1A';
}

bool begins_tag(std::string_view text) noexcept {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() <= tag_size && !text.empty() && capital(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return capital(c) || (c >= '0' && c <= '9'); });
}

bool is_control(char c) noexcept {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
}

Error bad(std::size_t line, std::string message, ErrorCode code = ErrorCode::invalid_message) {
  Error error = make_error(code, std::move(message));
  error.line = line;
  return error;
}

/// The line end behind which an interchange begins: a file may have been put together from several with something in
/// between.
std::size_t before_interchange(std::string_view raw) noexcept {
  std::size_t at = raw.find_first_of("\r\n");
  while (at != std::string_view::npos && !raw.substr(at + 1).starts_with("UNA") && !raw.substr(at + 1).starts_with("UNB")) {
    at = raw.find_first_of("\r\n", at + 1);
  }
  return at;
}

std::optional<Error> control_character(const EdifactSegment& segment) {
  const auto found = std::find_if(segment.text.begin(), segment.text.end(), is_control);
  if (found == segment.text.end()) return std::nullopt;
  const auto offset = static_cast<std::size_t>(found - segment.text.begin());
  const auto part = std::find_if(segment.parts.begin(), segment.parts.end(), [&](const auto& p) { return offset < p.end; });
  const std::string place = " in " + part->place();
  if (*found == '\r' || *found == '\n') {
    return bad(segment.line, "a line break" + place + "; expected line breaks between segments only, so a terminator is missing, or the " +
                                 "file has been wrapped at a fixed width");
  }
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(*found);
  return bad(segment.line, std::string("the control character U+00") + digits[byte >> 4U] + digits[byte & 15U] + place +
                               ", which no character set of EDIFACT has");
}

}  // namespace

std::string_view EdifactSegment::value(std::uint32_t element, std::uint32_t component) const noexcept {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) {
    return part.element == element && part.component == component && part.repetition == 1;
  });
  return found == parts.end() ? std::string_view() : text_of(*found);
}

/// False at the end of the stream.
Result<bool> EdifactTokenizer::fill() {
  if (end_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + chunk_size);
  auto count = bytes_->read(buffer_.data() + before, chunk_size);
  buffer_.resize(before + (count ? *count : 0));
  if (!count) return std::move(count).error();
  end_ = *count == 0;
  return !end_;
}

Result<void> EdifactTokenizer::fill_to(std::size_t size) {
  while (rest().size() < size) {
    auto filled = fill();
    if (!filled) return std::move(filled).error();
    if (!*filled) break;
  }
  return {};
}

void EdifactTokenizer::advance(std::size_t count) noexcept {
  for (const char c : rest().substr(0, count)) {
    if (c == '\r' || (c == '\n' && before_ != '\r')) ++line_;
    before_ = c;
  }
  at_ += count;
}

Result<void> EdifactTokenizer::skip_blanks() {
  while (true) {
    if (auto filled = fill_to(1); !filled) return filled;
    const std::string_view text = rest();
    const auto end = std::find_if_not(text.begin(), text.end(), is_blank);
    advance(static_cast<std::size_t>(end - text.begin()));
    if (end != text.end() || end_) return {};
  }
}

Result<void> EdifactTokenizer::read_advice() {
  const std::string_view text = rest();
  if (text.size() < advice_size) return bad(line_, "the file ends within the service string advice UNA; it has been cut off");
  auto characters = EdifactCharacters::from_advice(text.substr(tag_size, advice_size - tag_size));
  if (!characters) return bad(line_, characters.error().message);
  characters_ = *characters;
  advised_ = true;
  advance(advice_size);
  return {};
}

/// Goes to the start of a segment; false where nothing comes any more.
Result<bool> EdifactTokenizer::begin() {
  if (!begun_) {
    if (auto filled = fill_to(tag_size); !filled) return std::move(filled).error();
    if (rest().starts_with("\xEF\xBB\xBF")) advance(3);
  }
  while (true) {
    if (auto skipped = skip_blanks(); !skipped) return std::move(skipped).error();
    if (auto filled = fill_to(advice_size); !filled) return std::move(filled).error();
    const bool interchange = rest().starts_with("UNB");
    if (!begun_ && !interchange && !rest().starts_with("UNA")) {
      if (auto filled = fill_to(shown_size); !filled) return std::move(filled).error();
      if (rest().empty()) return bad(line_, "the file is empty; expected an EDIFACT interchange, which begins with UNA or UNB");
      return bad(line_, "the file is not EDIFACT; expected an interchange, which begins with UNA or UNB, " + no_segment(rest()).message);
    }
    begun_ = true;
    if (rest().starts_with("UNA")) {
      if (auto read = read_advice(); !read) return std::move(read).error();
      continue;
    }
    if (interchange && !advised_) characters_ = EdifactCharacters::usual(rest());
    if (interchange) advised_ = repetitions_ = false;
    return !rest().empty();
  }
}

/// The first terminator at or behind rest()[scanned] that is not released; without one, `scanned` is where to go on
/// when there is more.
std::optional<std::size_t> EdifactTokenizer::terminator_from(std::size_t& scanned) const noexcept {
  const std::string_view text = rest();
  const std::array<char, 2> stops = {characters_.terminator, characters_.release};
  const std::string_view stop(stops.data(), characters_.release == '\0' ? 1 : 2);
  while (true) {
    const std::size_t at = text.find_first_of(stop, scanned);
    if (at == std::string_view::npos) {
      scanned = text.size();
      return std::nullopt;
    }
    if (text[at] == characters_.terminator) return at;
    scanned = at;
    if (at + 1 == text.size()) return std::nullopt;
    scanned = at + 2;
  }
}

Result<void> EdifactTokenizer::skip_segment() {
  std::size_t scanned = 0;
  while (true) {
    if (const auto at = terminator_from(scanned)) {
      advance(*at + 1);
      return {};
    }
    advance(scanned);
    scanned = 0;
    auto filled = fill();
    if (!filled) return std::move(filled).error();
    if (!*filled) {
      advance(rest().size());
      return {};
    }
  }
}

/// Where the segment ends; nullopt where it is too long or the stream ends before.
Result<std::optional<std::size_t>> EdifactTokenizer::find_terminator() {
  std::size_t scanned = 0;
  while (true) {
    const auto at = terminator_from(scanned);
    if (at && *at <= edifact_segment_bytes) return at;
    if (rest().size() > edifact_segment_bytes) return std::optional<std::size_t>();
    auto filled = fill();
    if (!filled) return std::move(filled).error();
    if (!*filled) return std::optional<std::size_t>();
  }
}

Error EdifactTokenizer::no_segment(std::string_view raw) const {
  const std::string start = printable(raw.substr(0, raw.find_first_of("\r\n")).substr(0, shown_size));
  return bad(line_, "found " + in_quotes(start));
}

std::optional<Error> EdifactTokenizer::parse(std::string_view raw, EdifactSegment& segment) const {
  const std::array<char, 4> special = {characters_.component, characters_.element, characters_.release,
                                       repetitions_ ? characters_.repetition : '\0'};
  std::string stops;
  std::copy_if(special.begin(), special.end(), std::back_inserter(stops), [](char c) { return c != '\0'; });
  EdifactSegment::Part part{0, 1, 1, 0, 0};
  for (std::size_t at = 0;;) {
    const std::size_t stop = std::min(raw.find_first_of(stops, at), raw.size());
    segment.text += raw.substr(at, stop - at);
    at = stop;
    const char c = at < raw.size() ? raw[at] : characters_.element;
    if (at < raw.size() && c == characters_.release) {
      segment.text += raw.substr(at + 1, 1);
      at += 2;
      continue;
    }
    part.end = segment.text.size();
    if (part.element == 0) {
      // What follows the tag before the first data element says how groups nest, which the mapping says as well.
      segment.text.clear();
      part.end = 0;
    }
    if (part.end != part.begin) segment.parts.push_back(part);
    if (at >= raw.size()) return control_character(segment);
    part = c == characters_.element     ? EdifactSegment::Part{part.element + 1, 1, 1, part.end, 0}
           : c == characters_.component ? EdifactSegment::Part{part.element, part.component + 1, part.repetition, part.end, 0}
                                        : EdifactSegment::Part{part.element, 1, part.repetition + 1, part.end, 0};
    if (part.element > edifact_segment_elements || part.component > edifact_components) {
      return bad(segment.line,
                 "the segment has more than " + std::to_string(edifact_segment_elements) + " data elements, or one with more than " +
                     std::to_string(edifact_components) + " components",
                 ErrorCode::limit_exceeded);
    }
    ++at;
  }
}

Result<bool> EdifactTokenizer::next(EdifactSegment& segment, std::optional<Error>& error) {
  error.reset();
  segment.tag.clear();
  segment.text.clear();
  segment.parts.clear();
  auto more = begin();
  if (!more || !*more) return more;
  segment.line = line_;
  auto end = find_terminator();
  if (!end) return std::move(end).error();
  std::string_view raw = rest().substr(0, *end ? **end : edifact_segment_bytes);
  const std::array<char, 2> behind_tag = {characters_.element, characters_.component};
  const std::string_view tag = raw.substr(0, raw.find_first_of(std::string_view(behind_tag.data(), 2)));
  const bool cut_tag = !*end && tag.size() == raw.size();
  if (!begins_tag(tag) || (tag.size() != tag_size && !cut_tag)) {
    error = no_segment(raw);
    error->message.insert(0, "expected a segment, which begins with a tag of three capital letters, ");
    if (const std::size_t line_end = before_interchange(raw); line_end != std::string_view::npos) {
      advance(line_end + 1);
      return true;
    }
  } else if (tag.size() == tag_size) {
    segment.tag = tag;
  }
  if (!*end) {
    const std::string terminator = in_quotes(std::string_view(&characters_.terminator, 1));
    const bool too_long = rest().size() > edifact_segment_bytes;
    if (!error && too_long) {
      error = bad(line_,
                  "the segment is longer than " + std::to_string(edifact_segment_bytes) + " bytes; its terminator " + terminator + " is missing",
                  ErrorCode::limit_exceeded);
    }
    if (!error) error = bad(line_, "the file ends within the segment, before its terminator " + terminator + "; it has been cut off");
    auto skipped = skip_segment();
    if (!skipped) return std::move(skipped).error();
    return true;
  }
  if (!error) error = parse(raw, segment);
  advance(**end + 1);
  return true;
}

}  // namespace greenlane::document
