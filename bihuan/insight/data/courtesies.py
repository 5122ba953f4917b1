"""Greetings, thanks and pleas that say nothing about the problem: dropped before texts are compared for copies."""

COURTESIES = """
你好 您好 你们好 大家好 谢谢 谢谢你们 感谢 多谢 麻烦 麻烦了 麻烦尽快处理 麻烦处理 麻烦你们 请问 请尽快处理 请尽快解决 请处理 请尽快 尽快处理 尽快解决 希望尽快解决 希望尽快处理 希望处理
急急急 很急 再次反馈 再次投诉 在线等 辛苦了 打扰了 拜托 拜托了 求解决 求处理 亲 客服你好 客服您好 hello thanks please
""".split()
