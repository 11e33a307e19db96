// The financial years of Council Tax bills, as they are written on one.
#pragma once

#include <array>
#include <string_view>

namespace tideover::nouns {

inline constexpr std::array<std::string_view, 12> financial_years{"2019/20", "2020/21", "2021/22", "2022/23",
                                                                  "2023/24", "2024/25", "2025/26", "2026/27",
                                                                  "2027/28", "2028/29", "2029/30", "2030/31"};

}  // namespace tideover::nouns
