// The only file that includes expat.
#include "document/xml_source.h"

#include <expat.h>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <type_traits>
#include <utility>

#include "document/formats.h"
#include "document/text_decoder.h"
#include "document/xml_encoding.h"

namespace greenlane::document {
namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;
/// Elements within each other in a record that is refused, before the stream is given up.
constexpr std::size_t max_open = 16 * xml_depth;
/// Stands between a name, its namespace and its prefix, and can occur in none of them.
constexpr char separator = '\x01';

struct ExpandedName {
  std::string written;
  std::string_view local;
  std::string_view uri;
};

/// expat gives "uri local prefix", the last only where there is one, or "local".
ExpandedName expanded(const char* name) {
  const std::string_view all(name);
  const std::size_t first = all.find(separator);
  if (first == std::string_view::npos) return {std::string(all), all, {}};
  const std::size_t second = all.find(separator, first + 1);
  ExpandedName made{{}, all.substr(first + 1, second == std::string_view::npos ? second : second - first - 1), all.substr(0, first)};
  if (second != std::string_view::npos) made.written.append(all.substr(second + 1)).append(":");
  made.written += made.local;
  return made;
}

/// The error of text that expat does not take, in words of our own where that helps more.
std::string words(XML_Error error) {
  switch (error) {
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      return "the text ends within the message; it has been cut off";
    case XML_ERROR_INVALID_TOKEN:
      return "this is not well-formed XML, or not in the encoding that the first line declares";
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
      return "the text is not in the encoding that its first line declares";
    case XML_ERROR_UNDEFINED_ENTITY:
      return "this is an entity that XML itself does not define; write the character";
    case XML_ERROR_TAG_MISMATCH:
      return "this end tag does not fit the element that is open";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return "something follows behind the end of the message; a file of many messages needs one element around them";
    default:
      return std::string("this is not well-formed XML: ") + XML_ErrorString(error);
  }
}

}  // namespace

class XmlSource::Parser {
 public:
  Parser(std::unique_ptr<ByteSource> bytes, std::vector<PathName> names) : bytes_(std::move(bytes)), names_(std::move(names)) {}

  Result<std::optional<Record>> next() {
    while (ready_.empty() && !error_ && !end_) feed();
    if (!ready_.empty()) {
      std::optional<Record> record(std::move(ready_.front()));
      ready_.pop_front();
      return record;
    }
    if (error_) return *std::exchange(error_, std::nullopt);
    if (index_ == 0 && !std::exchange(told_, true)) return nothing_found();
    return std::optional<Record>();
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
  };
  using Handle = std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free>;

  static Parser& self(void* data) { return *static_cast<Parser*>(data); }

  void feed() {
    buffer_.resize(chunk_size);
    auto count = bytes_->read(buffer_.data(), buffer_.size());
    if (!count) return fail(std::move(count).error());
    const bool last = *count == 0;
    std::string_view chunk(buffer_.data(), *count);
    if (parser_ == nullptr) {
      // The encoding is declared in the first bytes.
      head_.append(chunk);
      if (!last && head_.size() < xml_declaration_bytes) return;
      if (auto begun = begin(); !begun) return fail(std::move(begun).error());
      chunk = head_;
    }
    parse(chunk, last);
  }

  Result<void> begin() {
    const std::string encoding = declared_encoding(head_);
    const bool own = !encoding.empty() && !expat_reads(encoding);
    if (own) {
      auto decoder = TextDecoder::make(encoding);
      if (!decoder) return make_error(ErrorCode::invalid_message, decoder.error().message);
      decoder_ = *std::move(decoder);
    }
    parser_.reset(XML_ParserCreateNS(own ? "UTF-8" : nullptr, separator));
    if (parser_ == nullptr) return make_error(ErrorCode::limit_exceeded, "there is no memory left for reading XML");
    XML_Parser parser = parser_.get();
    XML_SetUserData(parser, this);
    XML_SetReturnNSTriplet(parser, 1);
    XML_SetElementHandler(
        parser, [](void* data, const XML_Char* name, const XML_Char** attributes) { self(data).start(name, attributes); },
        [](void* data, const XML_Char*) { self(data).finish(); });
    XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char* text, int size) { self(data).text({text, static_cast<std::size_t>(size)}); });
    XML_SetStartNamespaceDeclHandler(parser, [](void* data, const XML_Char* prefix, const XML_Char*) {
      if (prefix != nullptr) self(data).keep_name(prefix);
    });
    XML_SetStartDoctypeDeclHandler(parser, [](void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
      self(data).stop("a document type declaration (<!DOCTYPE) is refused, because entities can be declared there; leave it out");
    });
    return {};
  }

  void parse(std::string_view chunk, bool last) {
    if (decoder_ != nullptr) {
      decoded_.clear();
      decoder_->decode(chunk, last, decoded_);
      chunk = decoded_;
    }
    const XML_Status status = XML_Parse(parser_.get(), chunk.data(), static_cast<int>(chunk.size()), last ? 1 : 0);
    fed_ += chunk.size();
    end_ = last;
    if (error_) return;
    if (status == XML_STATUS_ERROR) return stop(words(XML_GetErrorCode(parser_.get())));
    const XML_Index at = XML_GetCurrentByteIndex(parser_.get());
    if (!last && at >= 0 && fed_ - static_cast<std::uint64_t>(at) > xml_markup_bytes + chunk_size) {
      stop("a tag or another piece of markup has more than " + std::to_string(xml_markup_bytes) + " bytes", ErrorCode::limit_exceeded);
    }
  }

  void start(const XML_Char* name, const XML_Char** attributes) {
    if (error_ || !keep_name(name)) return;
    for (const XML_Char** each = attributes; *each != nullptr; each += 2) {
      if (!keep_name(*each)) return;
    }
    const ExpandedName expanded_name = expanded(name);
    // expat itself keeps something of every element that is open.
    if (++depth_ > max_open) return stop(too_deep(), ErrorCode::limit_exceeded);
    if (!tree_ && !begins_record(expanded_name)) {
      if (depth_ > xml_depth) return stop(too_deep(), ErrorCode::limit_exceeded);
      return enter(expanded_name);
    }
    if (!tree_) begin_record();
    if (record_.error) return;
    if (tree_->depth() >= xml_depth) return spoil(too_deep());
    const auto position = tree_->depth() == 0 ? above_.back().counts[expanded_name.written] : 0;
    tree_->open(expanded_name.written, expanded_name.uri, line(), position);
    for (; *attributes != nullptr; attributes += 2) {
      const ExpandedName attribute = expanded(attributes[0]);
      tree_->attribute(attribute.written, attribute.uri, attributes[1], attribute.uri == "http://www.w3.org/2001/XMLSchema-instance");
    }
    check_size();
  }

  bool keep_name(const XML_Char* name) {
    if (error_) return false;
    if (kept_.contains(std::string_view(name))) return true;
    if (kept_.size() < xml_names) return kept_.emplace(name).second;
    stop("more than " + std::to_string(xml_names) + " different names of elements, attributes and prefixes are in the file", ErrorCode::limit_exceeded);
    return false;
  }

  void finish() {
    if (error_) return;
    --depth_;
    if (!tree_) {
      above_.pop_back();
      return;
    }
    if (!record_.error) tree_->close();
    if (depth_ + 1 == record_depth_) end_record();
  }

  void text(std::string_view piece) {
    if (error_ || !tree_ || record_.error) return;
    tree_->append_text(piece);
    check_size();
  }

  bool begins_record(const ExpandedName& name) {
    if (above_.empty()) above_.push_back({});
    ++above_.back().counts[name.written];
    return std::any_of(names_.begin(), names_.end(), [&](const PathName& wanted) { return wanted.matches(name.local, name.uri); });
  }

  /// An element that holds records, or nothing of interest.
  void enter(const ExpandedName& name) {
    if (root_.empty()) root_ = name.written;
    const std::size_t position = above_.back().counts[name.written];
    above_.push_back({above_.back().place + '/' + name.written + '[' + std::to_string(position) + ']', {}});
  }

  void begin_record() {
    tree_.emplace(MessageTree::Syntax::xml, above_.back().place);
    record_ = Record();
    record_.index = ++index_;
    record_.line = line();
    record_depth_ = depth_;
  }

  void end_record() {
    if (!record_.error) record_.message = std::make_shared<const MessageTree>(tree_->take());
    ready_.push_back(std::move(record_));
    tree_.reset();
  }

  void check_size() {
    if (tree_->bytes() > xml_record_bytes) spoil("the message has more than " + std::to_string(xml_record_bytes) + " bytes of text");
    if (tree_->elements() > xml_record_elements) spoil("the message has more than " + std::to_string(xml_record_elements) + " elements and attributes");
  }

  /// The record cannot be read; those behind it can.
  void spoil(std::string message) {
    record_.error = placed(make_error(ErrorCode::limit_exceeded, std::move(message)));
    tree_.emplace(MessageTree::Syntax::xml);
  }

  void stop(std::string message, ErrorCode code = ErrorCode::invalid_message) {
    Error error = placed(make_error(code, std::move(message)));
    if (tree_ && record_.line != 0 && record_.line != error.line) error.message += " (the message begins in line " + std::to_string(record_.line) + ")";
    fail(std::move(error));
    XML_StopParser(parser_.get(), 0);
  }

  void fail(Error error) {
    error_ = std::move(error);
    end_ = true;
  }

  Error placed(Error error) const {
    error.line = static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_.get()));
    error.column = static_cast<std::size_t>(XML_GetCurrentColumnNumber(parser_.get())) + 1;
    return error;
  }

  Error nothing_found() const {
    std::string wanted;
    for (const PathName& name : names_) wanted.append(wanted.empty() ? "" : ", ").append(in_quotes(name.local));
    return make_error(ErrorCode::invalid_message,
                      "the mapping reads elements named " + wanted + ", and the file has none; its root is " + in_quotes(root_));
  }

  std::uint32_t line() const { return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())); }
  static std::string too_deep() { return "more than " + std::to_string(xml_depth) + " elements stand within each other"; }

  /// An element that is open above the records.
  struct Above {
    std::string place;
    std::map<std::string, std::uint32_t> counts;  ///< of children so far, by name
  };

  std::unique_ptr<ByteSource> bytes_;
  std::vector<PathName> names_;
  Handle parser_;
  std::unique_ptr<TextDecoder> decoder_;  ///< where expat does not know the encoding
  std::string head_, buffer_, decoded_;
  std::uint64_t fed_ = 0;
  std::size_t depth_ = 0;
  std::size_t record_depth_ = 0;
  std::vector<Above> above_;
  std::string root_;
  std::set<std::string, std::less<>> kept_;  ///< names, as expat gives them
  std::optional<MessageTreeBuilder> tree_;  ///< within a record
  Record record_;
  std::deque<Record> ready_;
  std::optional<Error> error_;
  std::size_t index_ = 0;
  bool end_ = false;
  bool told_ = false;
};

XmlSource::XmlSource(std::unique_ptr<ByteSource> bytes, std::vector<PathName> records)
    : parser_(std::make_unique<Parser>(std::move(bytes), std::move(records))) {}
XmlSource::~XmlSource() = default;

Result<std::optional<Record>> XmlSource::next() { return parser_->next(); }

}  // namespace greenlane::document
