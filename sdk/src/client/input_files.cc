#include "client/input_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "client/file_io.h"
#include "document/byte_source.h"
#include "document/json_source.h"

namespace greenlane::client {
namespace {

constexpr std::array<std::string_view, 6> formats = {"json", "ndjson", "csv", "tsv", "xml", "edifact"};
constexpr std::size_t max_mapping_bytes = std::size_t{4} << 20;

std::string format_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  std::string ending = dot == std::string::npos ? "" : path.substr(dot + 1);
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (ending == "jsonl") return "ndjson";
  if (ending == "edi") return "edifact";
  return std::find(formats.begin(), formats.end(), ending) == formats.end() ? "" : ending;
}

Error argument_error(std::string message) { return {.code = ErrorCode::invalid_argument, .message = std::move(message)}; }

/// Counts the bytes that pass.
class CountedBytes final : public document::ByteSource {
 public:
  CountedBytes(std::unique_ptr<ByteSource> inner, std::shared_ptr<std::uint64_t> count)
      : inner_(std::move(inner)), count_(std::move(count)) {}
  Result<std::size_t> read(char* buffer, std::size_t size) override {
    auto got = inner_->read(buffer, size);
    if (got.ok()) *count_ += *got;
    return got;
  }

 private:
  std::unique_ptr<ByteSource> inner_;
  std::shared_ptr<std::uint64_t> count_;
};

InputRecord refused(const std::string& path, std::size_t index, Error error) {
  InputRecord refused;
  refused.source = {path, index};
  refused.record.line = error.line;
  if (error.source.empty()) error.source = path;
  refused.record.error = std::move(error);
  return refused;
}

}  // namespace

Result<std::unique_ptr<document::Document>> InputRecord::read() const {
  if (record.error) return *record.error;
  auto document = reader->read(record);
  if (!document.ok() && document.error().source.empty()) document.error().source = source.file;
  return document;
}

Result<std::shared_ptr<const document::Mapping>> read_mapping(const std::string& path) {
  auto bytes = read_file(path, max_mapping_bytes);
  if (!bytes.ok()) return bytes.error();
  auto mapping = document::Mapping::parse(*bytes);
  if (!mapping.ok() && mapping.error().source.empty()) mapping.error().source = path;
  return mapping;
}

std::size_t bytes_of(const InputRecord& input) noexcept {
  std::size_t bytes = input.record.text.size();
  for (const document::Row& row : input.record.rows) bytes += row.text.size();
  if (input.record.message != nullptr) bytes += input.record.message->size() * sizeof(document::MessageTree::Element);
  return bytes;
}

Result<void> InputFiles::list(const std::string& path, const std::string& format) {
  if (path == "-") {
    files_.push_back({path, format.empty() ? "json" : format});
    return {};
  }
  if (!is_folder(path)) {
    const std::string own = format.empty() ? format_of(path) : format;
    if (own.empty()) {
      Error error = argument_error("the ending does not tell the format; give --input json, ndjson, csv, tsv, xml or edifact");
      error.source = path;
      return error;
    }
    files_.push_back({path, own});
    return {};
  }
  const auto names = files_below(path, false);
  if (!names.ok()) return names.error();
  const std::size_t before = files_.size();
  for (const std::string& name : *names) {
    const std::string own = format_of(name);
    if (own.empty() || (!format.empty() && own != format)) continue;
    files_.push_back({path + (path.ends_with('/') ? "" : "/") + name, own});
  }
  if (files_.size() == before) {
    return argument_error(path + ": the folder has no file that ends in ." + (format.empty() ? "json, .ndjson, .csv, .tsv, .xml or .edi" : format));
  }
  return {};
}

Result<std::unique_ptr<InputFiles>> InputFiles::open(const std::vector<std::string>& paths, const InputOptions& options,
                                                     std::shared_ptr<const document::FieldTable> table) {
  std::unique_ptr<InputFiles> made(new InputFiles);
  made->table_ = std::move(table);
  if (!options.format.empty() && std::find(formats.begin(), formats.end(), options.format) == formats.end()) {
    return argument_error("the format \"" + options.format + "\" is not known; it is json, ndjson, csv, tsv, xml or edifact");
  }
  for (const std::string& path : paths) {
    if (auto listed = made->list(path, options.format); !listed.ok()) return listed.error();
  }
  for (const File& file : made->files_) {
    std::error_code unknown;
    const auto size = std::filesystem::file_size(file.path, unknown);
    if (!unknown) made->bytes_total_ += size;
  }
  if (!options.mapping.empty()) {
    auto mapping = read_mapping(options.mapping);
    if (!mapping.ok()) return mapping.error();
    made->mapping_ = *std::move(mapping);
  }
  if (auto fits = made->check_mapping(); !fits.ok()) return fits.error();
  made->single_ = made->files_.size() == 1 && made->files_.front().format == "json";
  return made;
}

Result<void> InputFiles::check_mapping() const {
  for (const File& file : files_) {
    if (file.format == "json" || file.format == "ndjson") continue;
    if (mapping_ == nullptr) {
      return argument_error("a csv, tsv, xml or edifact file needs --mapping FILE, which says what its columns or elements mean");
    }
    const std::string_view read = file.format == "tsv" ? std::string_view("csv") : file.format;
    const std::string_view source = document::name(mapping_->source());
    if (read != source) {
      return argument_error("the mapping " + mapping_->id() + " is for " + std::string(source) + ", and " + file.path + " is " + file.format);
    }
  }
  return {};
}

Result<document::RecordStream> InputFiles::open_stream(const File& file) {
  std::unique_ptr<document::ByteSource> bytes;
  if (file.path == "-") {
    bytes = document::FileBytes::standard_input();
  } else {
    auto opened = document::FileBytes::open(file.path);
    if (!opened.ok()) return opened.error();
    bytes = *std::move(opened);
  }
  auto counted = std::make_unique<CountedBytes>(std::move(bytes), bytes_read_);
  if (file.format == "json") return document::open_json(std::move(counted), table_);
  if (file.format == "ndjson") return document::open_ndjson(std::move(counted), table_);
  if (file.format == "xml") return document::open_xml(std::move(counted), mapping_);
  if (file.format == "edifact") return document::open_edifact(std::move(counted), mapping_);
  return document::open_csv(std::move(counted), mapping_);
}

Result<void> InputFiles::skip_to(const Source& source) {
  for (;;) {
    auto record = next();
    if (!record.ok()) return std::move(record).error();
    if (!record->has_value()) break;
    if ((*record)->source.file != source.file || (*record)->source.index != source.index) continue;
    ahead_ = *std::move(*record);
    return {};
  }
  return Error{.code = ErrorCode::not_found,
               .message = "the inputs have no record " + std::to_string(source.index) + " of " + source.file +
                          " to go on with; give the same inputs in the same order"};
}

Result<std::optional<InputRecord>> InputFiles::next() {
  if (ahead_) return std::exchange(ahead_, std::nullopt);
  while (at_ < files_.size()) {
    const File& file = files_[at_];
    if (!stream_) {
      index_ = 0;
      auto opened = open_stream(file);
      if (!opened.ok()) {
        ++at_;
        return std::optional(refused(file.path, 0, opened.error()));
      }
      stream_ = *std::move(opened);
    }
    auto record = stream_->source->next();
    if (record.ok() && record->has_value()) {
      return std::optional(InputRecord{{file.path, index_++}, **std::move(record), stream_->reader});
    }
    const std::size_t index = index_;
    stream_.reset();
    ++at_;
    if (!record.ok()) return std::optional(refused(file.path, index, record.error()));
  }
  return std::optional<InputRecord>();
}

double InputFiles::share_read() const noexcept {
  if (bytes_total_ == 0) return 0;
  return std::min(1.0, static_cast<double>(*bytes_read_) / static_cast<double>(bytes_total_));
}

}  // namespace greenlane::client
