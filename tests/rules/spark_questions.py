"""Run by itself: has a Spark cluster answer SQL queries over Parquet files, and write the answers as Parquet.

Arguments: the master's address and a JSON file with a list of queries and folders for the answers.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyspark.sql import SparkSession

AT_ONCE = 4


def main(address: str, asked: str) -> None:
    """Answer all questions on executors of the cluster, never in this process."""
    spark = (
        SparkSession.builder.master(address).appName("doorleren-grid")
        .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
        .config("spark.executor.cores", "1").config("spark.executor.memory", "768m")
        .config("spark.sql.session.timeZone", "Europe/Amsterdam")
        .getOrCreate()
    )  # fmt: skip

    def answer(one: dict[str, str]) -> None:
        spark.sql(one["query"]).write.mode("overwrite").parquet(one["answer"])

    questions = json.loads(Path(asked).read_text("utf-8"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(answer, questions))
    executors = spark.sparkContext._jsc.sc().statusTracker().getExecutorInfos()  # type: ignore[union-attr]
    print(f"executors {len(executors) - 1}, master {spark.sparkContext.master}, Spark {spark.version}")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
