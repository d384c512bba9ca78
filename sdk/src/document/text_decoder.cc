#include "document/text_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

/// Length of the UTF-8 sequence that `lead` begins, as far as the lead byte tells.
std::size_t sequence_length(char lead) noexcept {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1u : byte < 0xE0 ? 2u : byte < 0xF0 ? 3u : 4u;
}

class Utf8Decoder final : public TextDecoder {
 public:
  void decode(std::string_view bytes, bool last, std::string& out) override {
    if (!kept_.empty()) {
      kept_.append(bytes);
      bytes = kept_;
    }
    if (start_ && !last && bytes.size() < 3) {
      kept_ = std::string(bytes);
      return;
    }
    if (start_ && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    start_ = false;
    kept_ = std::string(append_valid(bytes, last, out));
  }

 private:
  /// Returns what is incomplete at the end.
  static std::string_view append_valid(std::string_view bytes, bool last, std::string& out) {
    while (!bytes.empty()) {
      const std::size_t bad = utf8::first_invalid(bytes);
      out.append(bytes.substr(0, bad));
      if (bad == utf8::kValid) break;
      bytes.remove_prefix(bad);
      if (!last && bytes.size() < sequence_length(bytes[0]) && may_continue(bytes)) return bytes;
      out += undecodable;
      bytes.remove_prefix(1);
    }
    return {};
  }

  static bool may_continue(std::string_view start) noexcept {
    const auto is_tail = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
    return static_cast<unsigned char>(start[0]) >= 0xC2 &&
           std::all_of(start.begin() + 1, start.end(), is_tail);
  }

  std::string kept_;
  bool start_ = true;
};

/// U+FFFF is no character, so it can stand for bytes that are none.
constexpr UChar replacement = 0xFFFF;

void U_EXPORT2 replace_bad(const void*, UConverterToUnicodeArgs* arguments, const char*, int32_t,
                           UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  *status = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, status);
}

class IcuDecoder final : public TextDecoder {
 public:
  explicit IcuDecoder(UConverter* converter) : converter_(converter) {}

  void decode(std::string_view bytes, bool last, std::string& out) override {
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    std::array<UChar, 4096> units{};
    UErrorCode status = U_ZERO_ERROR;
    do {
      status = U_ZERO_ERROR;
      UChar* target = units.data();
      ucnv_toUnicode(converter_.get(), &target, units.data() + units.size(), &source, end, nullptr,
                     static_cast<UBool>(last), &status);
      for (const UChar* unit = units.data(); unit != target; ++unit) append(*unit, out);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(status)) out += undecodable;
    if (last && lead_ != 0) out += undecodable;
  }

 private:
  void append(UChar unit, std::string& out) {
    if (lead_ != 0) {
      const UChar lead = lead_;
      lead_ = 0;
      if (U16_IS_TRAIL(unit))
        return utf8::append(out, static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, unit)));
      out += undecodable;
    }
    const bool mark = start_ && unit == 0xFEFF;
    start_ = false;
    if (mark) return;
    if (U16_IS_LEAD(unit)) {
      lead_ = unit;
    } else if (unit == replacement || U16_IS_TRAIL(unit)) {
      out += undecodable;
    } else {
      utf8::append(out, unit);
    }
  }

  struct Close {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Close> converter_;
  UChar lead_ = 0;
  bool start_ = true;
};

}  // namespace

Result<std::unique_ptr<TextDecoder>> TextDecoder::make(std::string_view encoding) {
  std::string name(encoding);
  UErrorCode status = U_ZERO_ERROR;
  const bool nameable = !name.empty() && name.size() <= 32 &&
                        name.find_first_of(std::string_view(",=\0/", 4)) == std::string::npos;
  if (nameable && ucnv_compareNames(name.c_str(), "utf-8") == 0) {
    return std::unique_ptr<TextDecoder>(std::make_unique<Utf8Decoder>());
  }
  UConverter* converter = nameable ? ucnv_open(name.c_str(), &status) : nullptr;
  if (converter == nullptr || U_FAILURE(status)) {
    return make_error(ErrorCode::invalid_argument,
                      "encoding " + in_quotes(encoding) +
                          " is not known; known are utf-8, gb18030, gbk, big5, shift_jis, " +
                          "windows-1252 and others by their IANA names");
  }
  ucnv_setToUCallBack(converter, replace_bad, nullptr, nullptr, nullptr, &status);
  return std::unique_ptr<TextDecoder>(std::make_unique<IcuDecoder>(converter));
}

}  // namespace greenlane::document
